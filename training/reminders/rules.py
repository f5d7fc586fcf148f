"""On which day, and at what time of it, a mail goes out. Pure; every instant is local to the team."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

# Nobody is written to at night, even where the site stood still in the morning.
MORNING, EVENING = 8, 20
MONDAY_MORNING, THURSDAY = 7, 3
WEEK, DAY = timedelta(days=7), timedelta(days=1)


def is_time_for_reminders(local: datetime, quiet: Collection[int]) -> bool:
    """During the day, on a day that is not quiet."""
    return local.weekday() not in quiet and MORNING <= local.hour < EVENING


def week_of_mail(local: datetime, quiet: Collection[int]) -> date | None:
    """The Monday whose mail may go out now: from Monday at seven until Thursday, for a site that stood still
    or a Monday that is quiet; None at any other time."""
    in_hours = MONDAY_MORNING <= local.hour < EVENING
    if local.weekday() > THURSDAY or local.weekday() in quiet or not in_hours:
        return None
    return local.date() - timedelta(days=local.weekday())


def stage_of(due_on: date, today: date, quiet: Collection[int]) -> str | None:
    """What is to be said today of something that is not done: "week" from seven days before, "day" from the
    day before, then "late" with the number of the week; None before that. Each is said once.

    Where seven days or the day before are quiet it is said on the last day before them that is not.
    """
    late = (today - due_on).days
    if late > 0:
        return f"late{(late - 1) // 7}"
    if today >= _spoken_day(due_on - DAY, quiet):
        return "day"
    return "week" if today >= _spoken_day(due_on - WEEK, quiet) else None


def _spoken_day(day: date, quiet: Collection[int]) -> date:
    while day.weekday() in quiet:
        day -= DAY
    return day
