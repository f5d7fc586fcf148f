"""When the weekly tip comes, and which one it is. Pure.

A week is an ISO week: Monday to Sunday, the first one of a year being that with its first Thursday.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

# What holds until somebody chooses: Monday morning, before the first calls.
USUAL_WEEKDAY, USUAL_HOUR = 0, 8
# The widest offsets there are: a Monday begins first at UTC+14 and ends last at UTC-12.
_FIRST, _LAST = timedelta(hours=14), timedelta(hours=12)
_WRITTEN = re.compile(r"([1-9][0-9]{3})-W([0-9]{2})", re.ASCII)


@dataclass(frozen=True, order=True)
class Week:
    """One ISO week."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Week:
        year, number, _weekday = day.isocalendar()
        return cls(year, number)

    @classmethod
    def read(cls, written: str) -> Week | None:
        """The week that is written as 2026-W53; None where there is none such."""
        found = _WRITTEN.fullmatch(written)
        if found is None:
            return None
        try:
            date.fromisocalendar(int(found[1]), int(found[2]), 7)
        except ValueError:
            return None
        return cls(int(found[1]), int(found[2]))

    @property
    def monday(self) -> date:
        return self.day(0)

    @property
    def sunday(self) -> date:
        return self.day(6)

    def day(self, weekday: int) -> date:
        """The day of this week; Monday is 0."""
        return date.fromisocalendar(self.year, self.number, weekday + 1)

    def plus(self, weeks: int) -> Week:
        return Week.of(self.monday + timedelta(weeks=weeks))

    def __contains__(self, day: date) -> bool:
        return Week.of(day) == self

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"


@dataclass(frozen=True)
class Slot:
    """A weekly moment: a day (Monday is 0) and an hour (0 to 23) in a zone."""

    weekday: int
    hour: int
    zone: str


def due_at(week: Week, slot: Slot) -> datetime:
    """The instant of `slot` in `week`, in UTC.

    Where the clocks go forward over that hour it is the hour after; where they go back over it, the first
    of the two.
    """
    local = datetime.combine(week.day(slot.weekday), time(slot.hour), ZoneInfo(slot.zone))
    return local.astimezone(UTC)


def opens_at(week: Week) -> datetime:
    """The first instant at which it is Monday anywhere."""
    return datetime.combine(week.monday, time(), UTC) - _FIRST


def newest_open(at: datetime) -> Week:
    """The newest week that has begun somewhere."""
    return Week.of((at + _FIRST).astimezone(UTC).date())


def next_tip_at(slot: Slot, at: datetime, *, made: Week | None, paused_until: date | None) -> datetime:
    """When the next issue that is still to be made reaches `slot`, after `at` and after a pause.

    `made` is the newest week whose recipients are frozen: whoever comes later is not among them.
    """
    week = newest_open(at - _FIRST - _LAST)
    if made is not None and week <= made:
        week = made.plus(1)
    while due_at(week, slot) <= at or (paused_until is not None and week.day(slot.weekday) < paused_until):
        week = week.plus(1)
    return due_at(week, slot)


def sends_at(week: Week, slot: Slot, *, began_at: datetime, paused_until: date | None) -> datetime | None:
    """When a subscription gets the tip of `week`; None for one that began later or that pauses.

    Whoever begins after their own moment of the week waits for the next: nobody who has just come is sent
    what the others had on Monday.
    """
    due = due_at(week, slot)
    if due < began_at:
        return None
    if paused_until is not None and week.day(slot.weekday) < paused_until:
        return None
    return due


@dataclass(frozen=True)
class Lesson:
    """What can be a tip: a published lesson. `position` is its place in the trainer's order, if any."""

    item_id: int
    slug: str
    title: str
    tip_on: date | None
    position: int | None = None

    def is_free(self, week: Week) -> bool:
        """Whether `week` may take it, no week from then on having it for its own."""
        return self.tip_on is None or self.tip_on < week.monday

    @property
    def rank(self) -> tuple[bool, int, date, str]:
        """Those that a trainer placed first, then by date, then those without one by title."""
        return self.position is None, self.position or 0, self.tip_on or date.max, self.title.casefold()


def choose_tip(week: Week, lessons: Sequence[Lesson], sent: Collection[int]) -> Lesson | None:
    """The lesson dated in `week`; else the next unsent one that no week to come is waiting for."""
    unsent = [one for one in lessons if one.item_id not in sent]
    dated = [one for one in unsent if one.tip_on is not None and one.tip_on in week]
    if dated:
        return min(dated, key=lambda one: (one.tip_on or date.max, one.title.casefold()))
    free = [one for one in unsent if one.is_free(week)]
    return min(free, key=lambda one: one.rank, default=None)


def plan(
    first: Week, count: int, lessons: Sequence[Lesson], sent: Collection[int], skipped: Collection[Week]
) -> Iterator[tuple[Week, Lesson | None]]:
    """What `count` weeks from `first` on will bring, if nothing changes. A skipped week brings nothing."""
    gone = set(sent)
    for offset in range(count):
        week = first.plus(offset)
        tip = None if week in skipped else choose_tip(week, lessons, gone)
        if tip is not None:
            gone.add(tip.item_id)
        yield week, tip


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Whether there is a time zone of that name, written exactly so."""
    return name in _zones()
