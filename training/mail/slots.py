"""Slots: what differs from one recipient of a mailing to the next, as words that survive every template."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

_NAME = r"[a-z]{1,20}"
_SLOT = re.compile(rf"Qz7_({_NAME})_7zQ")
_PLAIN = re.compile(rb"[A-Za-z0-9_.~/:?&%+,;@-]{1,72}")
_HEADER_VALUE = re.compile(r"[A-Za-z0-9_.~-]{1,200}")
_SOFT_BREAK = b"=\r\n"
_LONGEST = 72
MAX_LENGTH = 500


def slot(name: str) -> str:
    """The word that stands in a mailing's texts for `name`: ASCII letters, digits and underscores only."""
    if not re.fullmatch(_NAME, name):
        raise ValueError(f"“{name}” is no name for a slot: small letters only, at most twenty")
    return f"Qz7_{name}_7zQ"


def slots_in(*texts: str) -> set[str]:
    """The names of the slots in these texts."""
    return {name for text in texts for name in _SLOT.findall(text)}


def check_value(value: str) -> str:
    """`value` as it may stand in a text: one line, nothing that is not printed; ValueError otherwise."""
    if len(value) > MAX_LENGTH or not value.isprintable():
        raise ValueError("what goes into a slot is one printable line")
    return value


def fill_header(text: str, values: dict[str, str]) -> str:
    """A header's text with its slots filled; ValueError for a value that could mean anything to a header."""

    def value_of(found: re.Match[str]) -> str:
        value = values[found[1]]
        if not _HEADER_VALUE.fullmatch(value):
            raise ValueError(f"the value of “{found[1]}” cannot stand in a header")
        return value

    return _SLOT.sub(value_of, text)


class EncodedPart:
    """One quoted-printable part of a mail, cut at its slots once and filled for each recipient."""

    def __init__(self, encoded: bytes, names: Iterable[str], *, is_html: bool) -> None:
        self.is_html = is_html
        self.pieces = _cut(encoded, sorted(names))

    def filled(self, values: dict[str, bytes]) -> bytes:
        """The part with `values`, as `encoded_values` made them."""
        return b"".join(
            piece if index % 2 == 0 else values[piece.decode()] for index, piece in enumerate(self.pieces)
        )

    def encoded_values(self, values: dict[str, str]) -> dict[str, bytes]:
        """Each value so that it may stand in this part: escaped for HTML, encoded, on lines of its own."""
        return {name: _quoted(escape(value) if self.is_html else value) for name, value in values.items()}


def _cut(encoded: bytes, names: list[str]) -> list[bytes]:
    """Text, name, text, name, … text. The encoder may have broken a line inside a slot's word."""
    if not names:
        return [encoded]
    words = [b"(?:=\r\n)?".join(bytes([byte]) for byte in slot(name).encode()) for name in names]
    pieces = re.split(b"(" + b"|".join(words) + b")", encoded)
    return [
        piece if index % 2 == 0 else piece.replace(_SOFT_BREAK, b"")[4:-4]
        for index, piece in enumerate(pieces)
    ]


def _quoted(value: str) -> bytes:
    """`value` in quoted-printable between two soft line breaks: no line gets too long, whatever it is."""
    raw = value.encode()
    if _PLAIN.fullmatch(raw):
        return _SOFT_BREAK + raw + _SOFT_BREAK
    lines, line = [], b""
    for byte in raw:
        piece = bytes([byte]) if 33 <= byte <= 126 and byte != 61 else b"=%02X" % byte
        if len(line) + len(piece) > _LONGEST:
            lines.append(line)
            line = b""
        line += piece
    return _SOFT_BREAK + _SOFT_BREAK.join([*lines, line]) + _SOFT_BREAK
