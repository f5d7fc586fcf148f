"""How a team is doing, from what its people have done. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from training.assignments.rules import (
    Completions,
    Entry,
    ModuleProgress,
    Passed,
    days_late,
    module_progress,
    waits_for,
)
from training.attempts.percent import whole_percent

_LATEST = date.max


class Standing(StrEnum):
    """Where a person is with a module."""

    LATE = "late"
    GOING = "going"
    WAITS = "waits"
    DUE = "due"
    OPEN = "open"
    DONE = "done"


class Owed(Protocol):
    """What the table needs of a module that somebody is asked for; `due_on` is their own day."""

    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def after(self) -> Sequence[str]: ...
    @property
    def entries(self) -> Sequence[Entry]: ...


@dataclass(frozen=True)
class Cell:
    """One person in one module. `days` late, from 1; `finished_at` only where it is done.

    `waits_for` are the titles of what they are to do before it, and have not done.
    """

    standing: Standing
    done: int
    of: int
    due_on: date | None
    days: int
    finished_at: datetime | None
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckResult:
    """One finished check. `percent` is 0–100, unrounded."""

    percent: float
    passed: bool
    ending: str
    finished_at: datetime

    @property
    def shown(self) -> int:
        """Whole percent, half up: people see no decimals."""
        return whole_percent(self.percent)


@dataclass(frozen=True)
class CheckHistory:
    """Every finished check of one person on one call, oldest first; never empty.

    The first try is kept for ever and told apart: trying again can never hurt.
    """

    results: tuple[CheckResult, ...]

    @property
    def first(self) -> CheckResult:
        return self.results[0]

    @property
    def latest(self) -> CheckResult:
        return self.results[-1]

    @property
    def passed(self) -> CheckResult | None:
        """The first one that was passed."""
        return next((result for result in self.results if result.passed), None)

    @property
    def best(self) -> CheckResult:
        """What counts: a pass before anything, then the higher score; the earlier one of equals."""
        return max(self.results, key=lambda result: (result.passed, result.percent))


def cell_for(
    progress: ModuleProgress, due_on: date | None, today: date, waits_for: tuple[str, ...] = ()
) -> Cell:
    """Where somebody stands. Late is said before "n of m": it is what the lead can help with."""
    late = 0 if progress.is_finished else days_late(due_on, today)
    if progress.is_finished:
        standing = Standing.DONE
    elif late:
        standing = Standing.LATE
    elif progress.done:
        standing = Standing.GOING
    elif waits_for:
        standing = Standing.WAITS
    else:
        standing = Standing.DUE if due_on else Standing.OPEN
    return Cell(standing, progress.done, progress.of, due_on, late, progress.finished_at, waits_for)


def cells_for(owed: Sequence[Owed], completions: Completions, passed: Passed, today: date) -> dict[str, Cell]:
    """By slug: where somebody stands in each module that they owe."""
    progress = {one.slug: module_progress(one.entries, completions, passed) for one in owed}
    finished = {slug for slug, one in progress.items() if one.is_finished}
    after = {one.slug: one.after for one in owed}
    titles = {one.slug: one.title for one in owed}
    cells = {}
    for one in owed:
        waits = tuple(titles[name] for name in waits_for(one.slug, after, finished))
        cells[one.slug] = cell_for(progress[one.slug], one.due_on, today, waits)
    return cells


def need(cells: Sequence[Cell]) -> tuple[int, bool, date]:
    """What a table is sorted by: the latest first, then whoever has something due soonest, then the rest."""
    open_days = [cell.due_on or _LATEST for cell in cells if cell.standing is not Standing.DONE]
    return (-max((cell.days for cell in cells), default=0), not open_days, min(open_days, default=_LATEST))
