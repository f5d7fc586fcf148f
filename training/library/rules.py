"""Questions with one answer each, whoever asks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

READ, ANSWER = "read", "answer"
_SKILL = "skill/"


def reply_number(text: str) -> int | None:
    """Which reply of a decision an address or a form names, from 1; None where it names none."""
    return int(text) if re.fullmatch(r"[1-9]\d?", text, re.ASCII) else None


def skills_in(refers_to: Iterable[str]) -> tuple[str, ...]:
    """The slugs of the skills among what a text refers to, as "skill/restrain" or "lesson/x"."""
    return tuple(name.removeprefix(_SKILL) for name in refers_to if name.startswith(_SKILL))


def day_of(at: datetime, time_zone: str) -> date:
    """The day that an instant falls on where the site is."""
    return at.astimezone(ZoneInfo(time_zone)).date()


def is_done(rule: str, ways: Collection[str]) -> bool:
    """Whether a lesson that a module lists with `rule` is done, after it was completed in these `ways`.

    One that was answered was read; one that is to be answered is not done by reading.
    """
    return ANSWER in ways or (rule == READ and READ in ways)
