"""An entry counts when it was read, answered, or passed in a check. Practice counts in nothing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from training.assignments.rules import ModuleProgress, days_late, module_progress


@dataclass(frozen=True)
class Line:
    slug: str
    rule: str


MODULE = (
    Line("hello", "read"),
    Line("calm", "answer"),
    Line("first-call", "check"),
    Line("hard-call", "practise"),
)


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 12, tzinfo=UTC)


def progress(
    completions: dict[str, dict[str, datetime]] | None = None, passed: dict[str, datetime] | None = None
) -> ModuleProgress:
    return module_progress(MODULE, completions or {}, passed or {})


def test_nothing_done_begins_at_the_first_entry() -> None:
    now = progress()

    assert (now.done, now.of, now.next, now.finished_at) == (0, 3, 0, None)


def test_a_lesson_to_answer_is_not_done_by_reading_it() -> None:
    now = progress({"hello": {"read": day(1)}, "calm": {"read": day(2)}})

    assert (now.done, now.next) == (1, 1)


def test_an_answer_counts_as_reading_too() -> None:
    assert progress({"hello": {"answer": day(1)}}).done_at[0] == day(1)


def test_the_next_entry_is_the_first_one_left_out() -> None:
    assert progress({"calm": {"answer": day(2)}}, {"first-call": day(3)}).next == 0


def test_a_module_is_finished_with_its_last_counting_entry() -> None:
    now = progress({"hello": {"read": day(5)}, "calm": {"answer": day(2)}}, {"first-call": day(3)})

    assert (now.done, now.of, now.next, now.finished_at) == (3, 3, None, day(5))
    assert now.is_finished


def test_practice_is_never_counted() -> None:
    now = progress({}, {"hard-call": day(1)})

    assert (now.done, now.of, now.done_at[3]) == (0, 3, None)


def test_a_module_of_suggestions_alone_is_never_finished() -> None:
    only = module_progress([Line("hard-call", "practise")], {}, {})

    assert (only.of, only.next, only.is_finished) == (0, None, False)


def test_late_begins_the_day_after() -> None:
    due = date(2026, 11, 20)

    assert days_late(due, date(2026, 11, 20)) == 0
    assert days_late(due, date(2026, 11, 26)) == 6
    assert days_late(None, date(2026, 11, 26)) == 0
