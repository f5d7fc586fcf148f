"""From the bytes of a file to rows of text, whatever program wrote it. Pure."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from training.admin.headings import Column, column_of
from training.errors import InvalidError
from training.web.text_fields import normal

MAX_ROWS = 50_000
_SEPARATORS = (",", ";", "\t")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class UnreadableError(InvalidError):
    """The file as a whole cannot be read; the sentence says why and what to do."""


@dataclass(frozen=True)
class Row:
    """One row of the file. `number` is the one that a spreadsheet shows; a missing column is ""."""

    number: int
    cells: dict[Column, str]

    def __getitem__(self, column: Column) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Table:
    """A file as it was understood. `ignored` are the headings that mean nothing here."""

    encoding: str
    separator: str
    columns: tuple[Column, ...]
    ignored: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(body: bytes) -> Table:
    """The rows of a file of separated values; empty ones are left out. Raises UnreadableError."""
    text, encoding = _decoded(body)
    separator = _separator(text)
    records = _records(text, separator)
    number, headings = next(records, (1, []))
    if headings and headings[0].lower().startswith("sep="):
        number, headings = next(records, (2, []))
    columns = [column_of(heading) for heading in headings]
    _check_headings(headings, columns)
    rows: list[Row] = []
    for number, cells in records:
        if len(rows) == MAX_ROWS:
            raise UnreadableError(
                _("This file has more than %(most)s rows. Send it in parts.", most=f"{MAX_ROWS:,}")
            )
        found = {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell}
        if any(cells):
            rows.append(Row(number, found))
    ignored = [heading for heading, column in zip(headings, columns, strict=True) if heading and not column]
    known = tuple(column for column in columns if column)
    return Table(encoding, separator, known, tuple(ignored), tuple(rows))


def _decoded(body: bytes) -> tuple[str, str]:
    """The text, and the name of the encoding it was read by."""
    if body.startswith(_SPREADSHEETS):
        raise UnreadableError(
            _("This is a spreadsheet, not CSV. In the spreadsheet, save it as CSV and send that file.")
        )
    for mark, codec, name in _MARKS:
        if body.startswith(mark):
            return _by(codec, body), name
    if codec := _unmarked_utf16(body):
        return _by(codec, body), "UTF-16"
    try:
        return body.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _by("cp1252", body), "Windows-1252"


def _by(codec: str, body: bytes) -> str:
    try:
        return body.decode(codec)
    except UnicodeDecodeError:
        raise UnreadableError(_("This is not text that can be read. Save it as CSV in UTF-8.")) from None


def _unmarked_utf16(body: bytes) -> str:
    """UTF-16 without its mark has a zero beside nearly every Latin letter."""
    begin = body[:400]
    if len(begin) < 4 or len(body) % 2:
        return ""
    even, odd = (begin[start::2].count(0) * 2 / len(begin) for start in (0, 1))
    if odd > 0.7 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.1 else ""


def _separator(text: str) -> str:
    """Which separator makes the most known headings out of the first line; else the most headings."""
    lines = text[:5000].lstrip("\r\n").splitlines()[:1]
    if lines and lines[0].lower().startswith("sep=") and lines[0][4:] in _SEPARATORS:
        return lines[0][4:]
    first = lines[0] if lines else ""

    def worth(separator: str) -> tuple[int, int]:
        parts = first.split(separator)
        return sum(column_of(part.strip('" ')) is not None for part in parts), len(parts)

    return max(_SEPARATORS, key=worth)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered records, from 1, each cell without the space around it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, [normal(cell) for cell in cells]
    except csv.Error:
        raise UnreadableError(
            _("From row %(row)s on, the quotation marks do not match. Nothing was read.", row=number + 1)
        ) from None


def _check_headings(headings: list[str], columns: list[Column | None]) -> None:
    if not any(headings):
        raise UnreadableError(_("The file is empty."))
    named = [column for column in columns if column]
    for column in set(named):
        if named.count(column) > 1:
            raise UnreadableError(_("Two columns say the same: %(what)s.", what=column.label))
    has_name = Column.NAME in named or {Column.FIRST_NAME, Column.LAST_NAME} <= set(named)
    if not has_name or not {Column.EMAIL, Column.STAFF_NUMBER} & set(named):
        raise UnreadableError(
            _(
                "The first row should name the columns: “name”, “e-mail” or “staff number” (or both), and,"
                " where you like, “team” and “role”."
            )
        )
