"""What a delivery report (RFC 3464) says. Anybody can send one: nothing of it is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Parsed
from email.parser import BytesHeaderParser
from email.policy import compat32
from itertools import islice

# The report proper stands at the beginning; what follows is the mail that was returned.
MOST_BYTES = 128 * 1024
# Each line is compared with every part it stands in: nests of hundreds take minutes to read.
MOST_PARTS = 16
MOST_RECIPIENTS = 50
_CONTAINER = re.compile(rb"(?i)content-type:\s*(?:multipart|message)/")
_MESSAGE_ID = re.compile(r"<([0-9a-z]{16})@[^<>@\s]{1,255}>")
_STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
_UNPRINTED = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+")


@dataclass(frozen=True)
class Fate:
    """What became of the mail at one recipient. `recipients`: their address, as each side writes it.

    `action` is one of RFC 3464's words (failed, delayed, delivered, …), `status` as 5.1.1 or "", `said` the
    server's own words.
    """

    recipients: frozenset[str]
    action: str
    status: str
    said: str


@dataclass(frozen=True)
class Report:
    """A delivery report on the mail that we named `names` (its Message-ID, without the host)."""

    names: tuple[str, ...]
    fates: tuple[Fate, ...]


def read_report(content: bytes) -> Report | None:
    """The report that `content` is; None for any other mail, and for one that says nothing we understand.

    Takes any bytes, a mail that was cut off included, and no more than a moment for it.
    """
    content = content[:MOST_BYTES]
    if len(_CONTAINER.findall(content)) > MOST_PARTS:
        return None
    mail = message_from_bytes(content, policy=compat32)
    is_status = str(mail.get_param("report-type", "")).lower() == "delivery-status"
    if mail.get_content_type() != "multipart/report" or not is_status:
        return None
    parts = _children(mail)
    fates = [fate for part in parts for fate in _fates(part)][:MOST_RECIPIENTS]
    names = [name for part in parts for name in _names(part)]
    return Report(tuple(dict.fromkeys(names)), tuple(fates)) if names and fates else None


def _children(part: Parsed) -> list[Parsed]:
    inside = part.get_payload() if part.is_multipart() else []
    return [one for one in inside if isinstance(one, Parsed)] if isinstance(inside, list) else []


def _fates(part: Parsed) -> Iterator[Fate]:
    """The first block is about the report itself, each further one about a recipient."""
    if part.get_content_type() != "message/delivery-status":
        return
    for block in islice(_children(part), MOST_RECIPIENTS + 1):
        if block["Action"] is None:
            continue
        addresses = (_address(block[name]) for name in ("Original-Recipient", "Final-Recipient"))
        status = _STATUS.search(_line(block["Status"]))
        yield Fate(
            frozenset(address for address in addresses if address),
            _line(block["Action"]).lower(),
            status[0] if status else "",
            _line(block["Diagnostic-Code"]).partition(";")[2].strip(),
        )


def _names(part: Parsed) -> list[str]:
    """What the returned mail is called: it comes whole, or as its headers alone."""
    kind = part.get_content_type()
    if kind == "text/rfc822-headers":
        returned = _headers_in(part)
    elif kind == "message/rfc822":
        returned = next(iter(_children(part)), None)
    else:
        return []
    return _MESSAGE_ID.findall(_line(returned["Message-ID"])) if returned is not None else []


def _headers_in(part: Parsed) -> Parsed | None:
    text = part.get_payload(decode=True)
    return BytesHeaderParser(policy=compat32).parsebytes(text) if isinstance(text, bytes) else None


def _address(header: object) -> str:
    """`rfc822; <Kim@example.org>` as kim@example.org."""
    return _line(header).partition(";")[2].strip(" <>").lower()


def _line(header: object) -> str:
    """A header's value on one line that any database takes."""
    return _UNPRINTED.sub(" ", str(header)).strip() if header is not None else ""
