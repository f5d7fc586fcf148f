"""Days and hours: what is said on which day, by the team's own clock, across clock changes and the year."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.reminders.conftest import WEEKEND
from training.reminders.rules import is_time_for_reminders, stage_of, week_of_mail

FRIDAY_DUE = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 11, 26), None),
        (date(2026, 11, 27), "week"),
        (date(2026, 12, 2), "week"),
        (date(2026, 12, 3), "day"),
        (date(2026, 12, 4), "day"),
        (date(2026, 12, 7), "late0"),
        (date(2026, 12, 11), "late0"),
        (date(2026, 12, 14), "late1"),
        (date(2026, 12, 18), "late1"),
        (date(2027, 1, 4), "late4"),
    ],
)
def test_a_week_before_a_day_before_and_then_each_week(today: date, said: str | None) -> None:
    assert stage_of(FRIDAY_DUE, today, WEEKEND) == said


def test_what_falls_on_a_quiet_day_is_said_before_it() -> None:
    monday_due, sunday_due = date(2026, 12, 7), date(2026, 12, 6)

    assert stage_of(monday_due, date(2026, 12, 4), WEEKEND) == "day"
    assert stage_of(sunday_due, date(2026, 11, 27), WEEKEND) == "week"
    assert stage_of(sunday_due, date(2026, 12, 4), WEEKEND) == "day"
    assert stage_of(sunday_due, date(2026, 12, 4), frozenset()) == "week"


def test_a_year_ends_without_a_mail_too_many() -> None:
    """Every day of two months: each thing is said on one run of days, and they follow each other."""
    due, day, said = date(2027, 1, 1), date(2026, 12, 1), list[str | None]()
    while day < date(2027, 1, 30):
        if day.weekday() not in WEEKEND:
            said.append(stage_of(due, day, WEEKEND))
        day += timedelta(days=1)

    order = [one for place, one in enumerate(said) if place == 0 or said[place - 1] != one]
    assert order == [None, "week", "day", "late0", "late1", "late2", "late3"]


@pytest.mark.parametrize(
    ("zone", "at", "goes"),
    [
        ("Europe/London", datetime(2026, 11, 20, 7, 59, tzinfo=UTC), False),
        ("Europe/London", datetime(2026, 11, 20, 8, 0, tzinfo=UTC), True),
        ("Europe/London", datetime(2026, 11, 20, 20, 0, tzinfo=UTC), False),
        # The Friday before, and the Monday after, the clocks went forward: eight is an hour earlier.
        ("Europe/London", datetime(2026, 3, 27, 7, 30, tzinfo=UTC), False),
        ("Europe/London", datetime(2026, 3, 30, 7, 30, tzinfo=UTC), True),
        ("America/New_York", datetime(2026, 10, 30, 12, 30, tzinfo=UTC), True),
        ("America/New_York", datetime(2026, 11, 2, 12, 30, tzinfo=UTC), False),
        # Already Saturday in Auckland, still Friday in Honolulu.
        ("Pacific/Auckland", datetime(2026, 11, 20, 20, 0, tzinfo=UTC), False),
        ("Pacific/Honolulu", datetime(2026, 11, 21, 5, 0, tzinfo=UTC), True),
        ("Asia/Kathmandu", datetime(2026, 12, 31, 2, 15, tzinfo=UTC), True),
    ],
)
def test_reminders_come_by_day_by_the_teams_clock(zone: str, at: datetime, goes: bool) -> None:
    assert is_time_for_reminders(at.astimezone(ZoneInfo(zone)), WEEKEND) is goes


@pytest.mark.parametrize(
    ("zone", "at", "week"),
    [
        ("Europe/London", datetime(2026, 11, 23, 6, 59, tzinfo=UTC), None),
        ("Europe/London", datetime(2026, 11, 23, 7, 0, tzinfo=UTC), date(2026, 11, 23)),
        ("Europe/London", datetime(2026, 11, 26, 12, 0, tzinfo=UTC), date(2026, 11, 23)),
        ("Europe/London", datetime(2026, 11, 27, 12, 0, tzinfo=UTC), None),
        ("Europe/London", datetime(2026, 11, 29, 12, 0, tzinfo=UTC), None),
        ("Europe/London", datetime(2026, 3, 30, 6, 0, tzinfo=UTC), date(2026, 3, 30)),
        ("Pacific/Auckland", datetime(2026, 11, 22, 18, 0, tzinfo=UTC), date(2026, 11, 23)),
        ("America/New_York", datetime(2026, 11, 2, 12, 0, tzinfo=UTC), date(2026, 11, 2)),
        ("America/New_York", datetime(2026, 11, 2, 11, 30, tzinfo=UTC), None),
        ("Europe/Berlin", datetime(2026, 12, 31, 12, 0, tzinfo=UTC), date(2026, 12, 28)),
        ("Europe/Berlin", datetime(2027, 1, 4, 6, 0, tzinfo=UTC), date(2027, 1, 4)),
    ],
)
def test_the_mail_of_the_week_comes_on_monday_or_soon_after(
    zone: str, at: datetime, week: date | None
) -> None:
    assert week_of_mail(at.astimezone(ZoneInfo(zone)), WEEKEND) == week


def test_a_quiet_monday_is_left_for_tuesday() -> None:
    quiet = frozenset({0, 5, 6})
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)

    assert week_of_mail(monday, quiet) is None
    assert week_of_mail(monday + timedelta(days=1), quiet) == monday.date()
