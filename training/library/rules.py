"""Questions with one answer each, whoever asks."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

READ, ANSWER = "read", "answer"


def reply_number(text: str) -> int | None:
    """Which reply of a decision an address or a form names, from 1; None where it names none."""
    return int(text) if re.fullmatch(r"[1-9]\d?", text, re.ASCII) else None


def day_of(at: datetime, time_zone: str) -> date:
    """The day that an instant falls on where the site is."""
    return at.astimezone(ZoneInfo(time_zone)).date()


def is_done(rule: str, ways: Collection[str]) -> bool:
    """Whether a lesson that a module lists with `rule` is done, after it was completed in these `ways`.

    One that was answered was read; one that is to be answered is not done by reading.
    """
    return ANSWER in ways or (rule == READ and READ in ways)
