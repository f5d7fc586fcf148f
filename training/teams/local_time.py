"""The clock on a team's wall: days are counted, and mail is timed, by where the team is."""

from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from flask_babel import get_timezone


def zone_of(name: str) -> tzinfo:
    """The zone of this name; the site's own for ""."""
    return ZoneInfo(name) if name else get_timezone()


def day_there(at: datetime, zone: tzinfo) -> date:
    """The day that it is there, at an instant."""
    return at.astimezone(zone).date()
