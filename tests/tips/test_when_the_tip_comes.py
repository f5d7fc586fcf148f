"""The rules of weeks, hours and zones, held for all of them: years with 53 weeks, clocks that change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.tips.rules import (
    Slot,
    Week,
    due_at,
    is_zone,
    newest_open,
    next_tip_at,
    opens_at,
    sends_at,
)

ZONES = [
    "UTC",
    "Europe/London",
    "Europe/Lisbon",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
    "Asia/Kathmandu",
    "Africa/Casablanca",
]
days = st.dates(date(2024, 1, 1), date(2045, 12, 31))
weeks = days.map(Week.of)
slots = st.builds(Slot, st.integers(0, 6), st.integers(0, 23), st.sampled_from(ZONES))
instants = st.datetimes(datetime(2024, 1, 1), datetime(2045, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(days)
def test_every_day_is_in_one_week_that_is_read_back_as_it_is_written(day: date) -> None:
    week = Week.of(day)

    assert day in week
    assert week.monday <= day <= week.sunday
    assert day not in week.plus(1)
    assert Week.read(str(week)) == week
    assert week.plus(1).plus(-1) == week
    assert week < week.plus(1)


def test_the_last_week_of_a_long_year_is_followed_by_the_first_of_the_next() -> None:
    last = Week.of(date(2026, 12, 31))

    assert (str(last), last.monday, last.sunday) == ("2026-W53", date(2026, 12, 28), date(2027, 1, 3))
    assert str(last.plus(1)) == "2027-W01"
    assert str(Week.of(date(2027, 1, 3))) == "2026-W53"
    assert str(Week.of(date(2024, 12, 30))) == "2025-W01"


@pytest.mark.parametrize(
    "written",
    ["", "2025-W53", "2026-W00", "2026-W54", "2026W50", "2026-W5", "٢٠٢٦-W10", "9999-W52", "0000-W01"],
)
def test_what_is_not_a_week_is_none(written: str) -> None:
    assert Week.read(written) is None


@given(weeks, slots)
def test_the_moment_is_on_the_chosen_day_at_the_chosen_hour_or_in_the_gap_of_the_clocks(
    week: Week, slot: Slot
) -> None:
    due = due_at(week, slot)
    there = due.astimezone(ZoneInfo(slot.zone))

    assert due.tzinfo is UTC
    assert there.date() == week.day(slot.weekday)
    if there.hour != slot.hour or there.minute:
        wall = there.replace(tzinfo=None) - timedelta(minutes=1)
        before = wall.replace(tzinfo=there.tzinfo).astimezone(UTC).astimezone(there.tzinfo)
        assert (there - there.replace(hour=slot.hour, minute=0)) <= timedelta(hours=1)
        assert before.replace(tzinfo=None) != wall, "only an hour that does not exist is another"


@given(weeks, slots)
def test_each_week_has_one_moment_after_the_last_one_s_and_about_seven_days_apart(
    week: Week, slot: Slot
) -> None:
    apart = due_at(week.plus(1), slot) - due_at(week, slot)

    assert timedelta(days=7) - timedelta(hours=1) <= apart <= timedelta(days=7) + timedelta(hours=1)


@given(weeks, slots)
def test_a_week_is_open_wherever_its_moment_has_come(week: Week, slot: Slot) -> None:
    assert opens_at(week) <= due_at(week, slot) < opens_at(week.plus(1)) + timedelta(hours=26)
    assert newest_open(due_at(week, slot)) in (week, week.plus(1))
    assert newest_open(opens_at(week)) == week
    assert newest_open(opens_at(week) - timedelta(microseconds=1)) == week.plus(-1)


@given(instants, slots, st.none() | st.integers(-3, 3), st.none() | st.integers(-20, 40))
def test_the_next_tip_is_the_first_moment_that_nothing_rules_out(
    at: datetime, slot: Slot, made: int | None, pause: int | None
) -> None:
    newest = None if made is None else newest_open(at).plus(made)
    until = None if pause is None else at.date() + timedelta(days=pause)
    found = next_tip_at(slot, at, made=newest, paused_until=until)

    moments = [(week, due_at(week, slot)) for week in (newest_open(at).plus(n) for n in range(-3, 9))]
    free = [
        due
        for week, due in moments
        if due > at
        and (newest is None or week > newest)
        and (until is None or week.day(slot.weekday) >= until)
    ]
    assert found == min(free)


@pytest.mark.parametrize(
    ("zone", "day", "hour", "expected"),
    [
        # the clocks of London go forward at 1:00 on 29 March 2026, and back at 2:00 on 25 October
        ("Europe/London", date(2026, 3, 29), 1, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("Europe/London", date(2026, 10, 25), 1, datetime(2026, 10, 25, 0, tzinfo=UTC)),
        ("Europe/London", date(2026, 3, 30), 8, datetime(2026, 3, 30, 7, tzinfo=UTC)),
        ("Europe/London", date(2026, 10, 26), 8, datetime(2026, 10, 26, 8, tzinfo=UTC)),
        ("Pacific/Kiritimati", date(2026, 11, 23), 0, datetime(2026, 11, 22, 10, tzinfo=UTC)),
        ("Etc/GMT+12", date(2026, 11, 29), 23, datetime(2026, 11, 30, 11, tzinfo=UTC)),
        ("Europe/London", date(2027, 1, 1), 8, datetime(2027, 1, 1, 8, tzinfo=UTC)),
    ],
)
def test_days_that_are_easily_got_wrong(zone: str, day: date, hour: int, expected: datetime) -> None:
    assert due_at(Week.of(day), Slot(day.weekday(), hour, zone)) == expected


@given(weeks, slots, instants)
def test_whoever_begins_after_their_moment_waits_for_the_next_week(
    week: Week, slot: Slot, began_at: datetime
) -> None:
    sent = sends_at(week, slot, began_at=began_at, paused_until=None)

    assert sent == (due_at(week, slot) if began_at <= due_at(week, slot) else None)


@given(weeks, slots, st.integers(-10, 10))
def test_a_pause_holds_until_the_day_it_names(week: Week, slot: Slot, days: int) -> None:
    until = week.day(slot.weekday) + timedelta(days=days)
    sent = sends_at(week, slot, began_at=datetime(2000, 1, 1, tzinfo=UTC), paused_until=until)

    assert (sent is None) == (days > 0)


def test_a_zone_is_one_that_exists() -> None:
    assert is_zone("Europe/Paris")
    assert not any(map(is_zone, ["", "europe/paris", "Mars/Base", "../../etc/passwd", "Europe/Paris\n"]))
