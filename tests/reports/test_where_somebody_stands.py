"""Where a person stands with a module, and who is shown first."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from training.assignments.rules import ModuleProgress
from training.reports.rules import (
    Cell,
    CheckHistory,
    CheckResult,
    Standing,
    cell_for,
    cells_for,
    need,
)

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def progress(done: int, of: int = 3) -> ModuleProgress:
    finished = NOON if done == of else None
    return ModuleProgress(done, of, (), None if finished else done, finished)


def standing(done: int, due: date | None) -> tuple[Standing, int]:
    cell = cell_for(progress(done), due, TODAY)
    return cell.standing, cell.days


def test_a_finished_module_is_done_however_late_it_was() -> None:
    assert standing(3, date(2026, 11, 1)) == (Standing.DONE, 0)


def test_an_unfinished_one_is_late_from_the_day_after() -> None:
    assert standing(2, date(2026, 11, 21)) == (Standing.GOING, 0)
    assert standing(2, date(2026, 11, 15)) == (Standing.LATE, 6)


def test_nothing_done_is_due_or_simply_open() -> None:
    assert standing(0, date(2026, 12, 1)) == (Standing.DUE, 0)
    assert standing(0, None) == (Standing.OPEN, 0)


def test_whoever_needs_a_word_stands_first() -> None:
    def cells(*items: tuple[int, date | None]) -> tuple[Cell, ...]:
        return tuple(cell_for(progress(done), due, TODAY) for done, due in items)

    table = {
        "finished": cells((3, date(2026, 11, 1))),
        "due in december": cells((1, date(2026, 12, 1))),
        "six days late": cells((3, date(2026, 11, 1)), (0, date(2026, 11, 15))),
        "a day late": cells((0, date(2026, 11, 20))),
        "no date": cells((0, None)),
        "due on monday": cells((0, date(2026, 11, 23))),
    }

    assert sorted(table, key=lambda name: need(table[name])) == [
        "six days late",
        "a day late",
        "due on monday",
        "due in december",
        "no date",
        "finished",
    ]


def result(percent: float, *, passed: bool, day: int) -> CheckResult:
    at = datetime(2026, 11, day, tzinfo=UTC)
    return CheckResult(percent, passed, "success" if passed else "failure", at)


def test_trying_again_never_hurts() -> None:
    history = CheckHistory((result(86.5, passed=True, day=2), result(20, passed=False, day=9)))

    assert (history.first.shown, history.best.shown, history.latest.shown) == (87, 87, 20)
    assert history.passed is history.first


def test_a_pass_counts_before_a_higher_score() -> None:
    history = CheckHistory((result(90, passed=False, day=1), result(81, passed=True, day=2)))

    assert history.best.shown == 81


@dataclass(frozen=True)
class Line:
    slug: str
    rule: str


@dataclass(frozen=True)
class Module:
    slug: str
    due_on: date | None
    entries: tuple[Line, ...]
    after: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return self.slug.title()


def test_each_module_has_its_cell() -> None:
    modules = [
        Module("one", date(2026, 11, 1), (Line("hello", "read"),)),
        Module("two", None, (Line("hello", "read"), Line("call", "check"))),
    ]

    cells = cells_for(modules, {"hello": {"read": NOON}}, {}, TODAY)

    assert [cells[slug].standing for slug in ("one", "two")] == [Standing.DONE, Standing.GOING]


def test_a_module_waits_until_the_one_before_it_is_done() -> None:
    first, second = Line("hello", "read"), Line("call", "check")
    modules = [
        Module("one", None, (first,)),
        Module("two", date(2026, 12, 1), (second,), after=("one", "never-asked")),
    ]

    waits = cells_for(modules, {}, {}, TODAY)["two"]
    goes = cells_for(modules, {"hello": {"read": NOON}}, {}, TODAY)["two"]

    assert (waits.standing, waits.waits_for) == (Standing.WAITS, ("One",))
    assert (goes.standing, goes.waits_for) == (Standing.DUE, ())
