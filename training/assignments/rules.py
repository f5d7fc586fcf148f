"""When a module counts as done, when it is due, and what comes before it. Pure."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Protocol

SETTLING_IN = timedelta(days=14)


class Rule(StrEnum):
    """What a module asks of an entry; the word after its dash in the file."""

    READ = "read"
    ANSWER = "answer"
    CHECK = "check"
    PRACTISE = "practise"


class Entry(Protocol):
    """What counting needs of one line of a module."""

    @property
    def slug(self) -> str: ...
    @property
    def rule(self) -> str: ...


class Due(Protocol):
    """What a due date needs of an assignment."""

    @property
    def due_on(self) -> date | None: ...
    @property
    def due_after_days(self) -> int | None: ...
    @property
    def assigned_at(self) -> datetime: ...


# By lesson: how ("read", "answer") and when it was completed. By scenario: when its check was first passed.
Completions = Mapping[str, Mapping[str, datetime]]
Passed = Mapping[str, datetime]


@dataclass(frozen=True)
class ModuleProgress:
    """How far somebody is: `done` of `of` entries. Practise entries are suggestions and count in neither.

    `next` is the position of the first entry still to do, from 0; None when there is none.
    """

    done: int
    of: int
    done_at: tuple[datetime | None, ...]
    next: int | None
    finished_at: datetime | None

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None


def entry_done_at(entry: Entry, completions: Completions, passed: Passed) -> datetime | None:
    """When an entry was read, answered, or passed in a check, whichever its rule asks; None until then.

    Whoever answers a lesson's decision has read the lesson.
    """
    if entry.rule == Rule.CHECK:
        return passed.get(entry.slug)
    done = completions.get(entry.slug, {})
    if entry.rule == Rule.ANSWER:
        return done.get(Rule.ANSWER)
    if entry.rule == Rule.READ:
        return min(done.values(), default=None)
    return None


def module_progress(entries: Sequence[Entry], completions: Completions, passed: Passed) -> ModuleProgress:
    """How far somebody is in a module with these entries."""
    done_at = tuple(entry_done_at(entry, completions, passed) for entry in entries)
    counted = [place for place, entry in enumerate(entries) if entry.rule != Rule.PRACTISE]
    done = [at for place in counted if (at := done_at[place]) is not None]
    left = (place for place in counted if done_at[place] is None)
    finished = max(done) if counted and len(done) == len(counted) else None
    return ModuleProgress(len(done), len(counted), done_at, next(left, None), finished)


def due_for(asked: Due, joined_at: datetime, zone: tzinfo, extended_to: date | None = None) -> date | None:
    """The day a module is due for one person of the team; days are those of the team's `zone`.

    Whoever got more time has it until then. Days after joining count from joining, or from being asked where
    that came later. A set day is the same for all, but whoever joined after it was asked for has two weeks
    at least: nobody is late on their first day.
    """
    if extended_to is not None:
        return extended_to
    if asked.due_after_days is not None:
        begins = max(at.astimezone(zone).date() for at in (joined_at, asked.assigned_at))
        return begins + timedelta(days=asked.due_after_days)
    if asked.due_on is None or joined_at <= asked.assigned_at:
        return asked.due_on
    return max(asked.due_on, joined_at.astimezone(zone).date() + SETTLING_IN)


def waits_for(slug: str, after: Mapping[str, Sequence[str]], finished: Container[str]) -> tuple[str, ...]:
    """Which modules are to be done before `slug`, of those in `after`: what each of somebody's modules names.

    What nobody asked them for is not waited for, and a circle of modules waits for nothing.
    """

    def reaches(start: str) -> set[str]:
        seen, left = set[str](), [start]
        while left:
            for name in after.get(left.pop(), ()):
                if name in after and name not in seen:
                    seen.add(name)
                    left.append(name)
        return seen

    return tuple(
        name
        for name in after.get(slug, ())
        if name in after and name not in finished and slug not in reaches(name)
    )


def days_late(due_on: date | None, today: date) -> int:
    """Whole days since the due date; 0 on the day itself, before it, and where there is none."""
    return max(0, (today - due_on).days) if due_on else 0
