"""Which lesson is the tip of a week."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from training.tips.rules import Lesson, Week, choose_tip, plan

WEEK = Week.of(date(2026, 11, 23))
MONDAY = WEEK.monday


def lesson(item_id: int, tip_on: date | None = None, position: int | None = None, title: str = "") -> Lesson:
    return Lesson(item_id, f"slug-{item_id}", title or f"Title {item_id}", tip_on, position)


def test_the_lesson_dated_in_the_week_comes_before_every_other() -> None:
    lessons = [
        lesson(1, position=0),
        lesson(2, MONDAY + timedelta(days=6)),
        lesson(3, MONDAY - timedelta(days=1)),
    ]

    assert choose_tip(WEEK, lessons, sent=()) == lessons[1]


def test_of_two_in_one_week_the_earlier_is_taken_and_the_other_waits_its_turn() -> None:
    first, second = lesson(1, MONDAY), lesson(2, MONDAY + timedelta(days=2))

    found = list(plan(WEEK, 3, [second, first], (), ()))

    assert [tip for _week, tip in found] == [first, second, None]


def test_without_a_dated_one_the_trainer_s_order_decides_then_dates_then_titles() -> None:
    placed, second = lesson(1, position=0, title="Z"), lesson(2, position=1, title="A")
    old, late, early = lesson(3, MONDAY - timedelta(days=70)), lesson(4, title="b"), lesson(5, title="A")

    found = [tip for _week, tip in plan(WEEK, 6, [late, old, early, second, placed], (), ())]

    assert found == [placed, second, old, early, late, None]


def test_a_lesson_that_a_later_week_waits_for_is_not_taken_early() -> None:
    assert choose_tip(WEEK, [lesson(1, MONDAY + timedelta(days=7))], sent=()) is None


def test_a_tip_is_sent_once() -> None:
    assert choose_tip(WEEK, [lesson(1, MONDAY), lesson(2)], sent={1}) == lesson(2)


def test_a_skipped_week_brings_nothing_and_its_lesson_comes_when_there_is_room() -> None:
    dated, following = lesson(1, MONDAY), lesson(2, MONDAY + timedelta(days=7))

    found = [tip for _week, tip in plan(WEEK, 3, [dated, following], (), {WEEK})]

    assert found == [None, following, dated]


lessons_of_any_kind = st.lists(
    st.builds(
        lesson,
        st.integers(1, 40),
        st.none() | st.integers(-60, 60).map(lambda days: MONDAY + timedelta(days=days)),
        st.none() | st.integers(0, 5),
    ),
    unique_by=lambda one: one.item_id,
    max_size=25,
)


@given(lessons_of_any_kind, st.sets(st.integers(1, 40), max_size=5), st.sets(st.integers(0, 19), max_size=5))
def test_no_tip_comes_twice_none_early_and_none_is_left_while_a_week_is_empty(
    lessons: list[Lesson], sent: set[int], skips: set[int]
) -> None:
    skipped = {WEEK.plus(offset) for offset in skips}
    found = list(plan(WEEK, 20, lessons, sent, skipped))
    tips = [tip for _week, tip in found if tip is not None]

    assert len({tip.item_id for tip in tips}) == len(tips)
    assert not sent & {tip.item_id for tip in tips}
    for at, (week, tip) in enumerate(found):
        assert not (tip and week in skipped)
        assert not (tip and tip.tip_on and tip.tip_on > week.sunday)
        if tip is None and week not in skipped:
            gone = sent | {one.item_id for _week, one in found[:at] if one}
            assert all(one.item_id in gone or (one.tip_on and one.tip_on > week.sunday) for one in lessons)
