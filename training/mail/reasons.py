"""Why a mail was refused or came back, by the status (RFC 3463) in what a server said."""

from __future__ import annotations

import re
from enum import StrEnum

from training.mail.transport import says_nobody_is_there

_STATUS = re.compile(r"(?<![\d.])[45]\.(\d{1,3})\.(\d{1,3})(?![\d.])")


class Reason(StrEnum):
    """The few that a person can do something about."""

    NOBODY = "nobody"
    FULL = "full"
    TOO_LARGE = "too large"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"


def reason_of(said: str) -> Reason:
    """What a mail's `problem` comes to."""
    if says_nobody_is_there(said):
        return Reason.NOBODY
    found = _STATUS.search(said)
    if found is None:
        return Reason.UNKNOWN
    subject, detail = found[1], found[2]
    if (subject, detail) == ("2", "2"):
        return Reason.FULL
    if (subject, detail) in (("2", "3"), ("3", "4")):
        return Reason.TOO_LARGE
    return {"4": Reason.UNREACHABLE, "7": Reason.REFUSED}.get(subject, Reason.UNKNOWN)
