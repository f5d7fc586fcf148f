"""What was hard comes back as another decision on the same skill, after days that grow; never as a heap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.browsing import Browser
from tests.mail.conftest import Hand
from tests.people import Cast
from tests.returns.conftest import TIP, cards
from tests.statements import counted_statements
from training.accounts.participant import participant_for
from training.database import db, transaction
from training.library.models import Completion, Item, Kind, Revision
from training.library.queries import list_published, load_lesson
from training.library.rules import skills_in
from training.returns.models import ReturnCard
from training.returns.rules import Memory, after_answer
from training.returns.service import schedule_returns
from training.tips.models import TipAnswer, TipIssue

pytestmark = pytest.mark.usefixtures("published")
PassDays = Callable[[int], None]
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(("first", "expected"), [("weak", [3, 3, 9, 24, 60]), ("fair", [3, 8, 26, 74, 180])])
def test_right_answers_move_it_further_and_further_away(first: str, expected: list[int]) -> None:
    done, at = after_answer(None, first, AT), AT
    waits = [done.wait.days]
    for _ in expected[1:]:
        at += done.wait
        done = after_answer(done.memory, "strong", at)
        waits.append(done.wait.days)

    assert waits == expected


def test_a_slip_brings_it_near_again() -> None:
    well = Memory(60.0, 5.0, AT - timedelta(days=60))

    assert after_answer(well, "weak", AT).wait < timedelta(days=15)


@given(st.lists(st.tuples(st.sampled_from(["weak", "fair", "strong"]), st.integers(-400, 4000)), max_size=30))
def test_whatever_is_answered_whenever_the_wait_is_from_three_days_to_half_a_year(
    answers: list[tuple[str, int]],
) -> None:
    memory = None
    for band, days in answers:
        at = (memory.reviewed_at if memory else AT) + timedelta(days=days)
        done = after_answer(memory, band, at)
        assert timedelta(days=3) <= done.wait <= timedelta(days=180)
        assert done.wait == timedelta(days=done.wait.days)
        memory = done.memory


def test_a_weak_answer_comes_back_after_three_days_as_another_decision(
    ana: Browser, pass_days: PassDays
) -> None:
    ana.post(f"{TIP}/completions", {"reply": 1})
    pass_days(0)
    assert "Back for another go" not in ana.get("/").text
    pass_days(2)
    assert "Back for another go" not in ana.get("/").text
    pass_days(1)

    page = ana.get("/").text
    assert "Back for another go" in page
    assert "comes back after about three days" in page
    card = cards()[0]
    assert card.item_id not in (None, card.missed_item_id)
    lessons = {one.item_id: one for one in list_published(db.session(), Kind.LESSON)}
    assert card.item_id is not None
    assert card.skill in skills_in(lessons[card.item_id].refers_to)


def test_a_strong_answer_brings_nothing_back(ana: Browser, pass_days: PassDays) -> None:
    ana.post(f"{TIP}/completions", {"reply": 2})
    pass_days(10)

    assert cards() == []


def test_an_answer_by_mail_counts_as_well(ana: Browser, cast: Cast, pass_days: PassDays, time: Hand) -> None:
    with transaction() as session:
        item = session.scalars(select(Item).where(Item.slug == "seeing-it-coming")).one()
        lesson = next(one for one in list_published(session, Kind.LESSON) if one.item_id == item.id)
        issue = TipIssue(year=2026, week=47, item_id=item.id, revision_id=lesson.revision_id)
        session.add(issue)
        session.flush()
        session.add(
            TipAnswer(
                issue_id=issue.id,
                participant_id=participant_for(session, cast.ana),
                item_id=item.id,
                revision_id=lesson.revision_id,
                reply=1,
                band="fair",
                skills="restrain",
                answered_at=time.at,
            )
        )
    pass_days(0)
    pass_days(3)

    assert [(card.skill, card.waits_since is not None) for card in cards()] == [("restrain", True)]


def test_an_answer_is_taken_once(ana: Browser, pass_days: PassDays) -> None:
    ana.post(f"{TIP}/completions", {"reply": 1})
    pass_days(0)
    before = [(card.stability, card.due_on) for card in cards()]
    pass_days(1)

    assert [(card.stability, card.due_on) for card in cards()] == before


def test_an_answer_that_cannot_be_read_yet_stops_nobody_else_s(ana: Browser, pass_days: PassDays) -> None:
    """Its revision was not built for this release: the answers after it are taken, and it once it is."""
    ana.post(f"{TIP}/completions", {"reply": 1})
    ana.post("/tips/it-is-not-personal/completions", {"reply": 3})

    def answered_on(revision_id: int) -> int:
        with transaction() as session:
            first = session.scalars(select(Completion).order_by(Completion.id).limit(1)).one()
            before, first.revision_id = first.revision_id, revision_id
            return before

    with transaction() as session:
        item_id = session.scalars(select(Completion.item_id).order_by(Completion.id).limit(1)).one()
        session.add(unbuilt := Revision(item_id=item_id, number=99, source="Old", content_hash="old"))
        session.flush()
        unbuilt_id = unbuilt.id
    built_id = answered_on(unbuilt_id)
    pass_days(0)
    taken = len(cards())

    answered_on(built_id)
    pass_days(0)

    assert 0 < taken < len(cards())


def every_lesson_answered_badly(ana: Browser) -> int:
    count = 0
    for lesson in list_published(db.session(), Kind.LESSON):
        replies = load_lesson(db.session(), lesson.revision_id).replies
        bad = [reply.index for reply in replies if reply.band != "strong"]
        if bad and ana.post(f"/tips/{lesson.slug}/completions", {"reply": bad[0]}).status_code == 303:
            count += 1
    return count


def test_at_most_two_wait_however_much_was_missed(ana: Browser, pass_days: PassDays, time: Hand) -> None:
    assert every_lesson_answered_badly(ana) > 5
    pass_days(0)
    for _ in range(5):
        pass_days(5)
        assert sum(card.waits_since is not None for card in cards()) == 2
        assert ana.get("/").text.count('href="/again/') == 2


def test_the_next_one_comes_when_one_was_answered(ana: Browser, pass_days: PassDays) -> None:
    every_lesson_answered_badly(ana)
    pass_days(0)
    pass_days(3)
    first = next(card for card in cards() if card.waits_since is not None)
    ana.post(f"/again/{first.public_id}/answers", {"reply": 1})
    assert ana.get("/").text.count('href="/again/') == 1
    pass_days(0)
    assert ana.get("/").text.count('href="/again/') == 2


def test_a_round_with_nothing_new_costs_a_few_statements(
    ana: Browser, pass_days: PassDays, time: Hand
) -> None:
    ana.post(f"{TIP}/completions", {"reply": 1})
    pass_days(0)
    with counted_statements(db.engine) as seen, transaction() as session:
        schedule_returns(session, time.at, time.at.date())

    assert len([one for one in seen if not one.startswith("BEGIN")]) <= 5


def test_two_skills_of_one_lesson_are_two_cards(ana: Browser, pass_days: PassDays) -> None:
    ana.post(f"{TIP}/completions", {"reply": 1})
    pass_days(0)
    lesson = next(one for one in list_published(db.session(), Kind.LESSON) if one.slug == "seeing-it-coming")

    assert {card.skill for card in cards()} == set(skills_in(lesson.refers_to))
    assert all(isinstance(card, ReturnCard) for card in cards())
