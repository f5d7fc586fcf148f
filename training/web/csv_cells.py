"""CSV that a spreadsheet opens as text: no cell can become a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: str) -> str:
    """`value`, behind an apostrophe where a spreadsheet might run it: also full-width, also after spaces."""
    begins = unicodedata.normalize("NFKC", value).lstrip(" \u00a0\u200b\ufeff\n")
    return f"'{value}" if begins.startswith(_FORMULA) else value


def to_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Every cell quoted; UTF-8 with a mark, so that spreadsheets read the accents."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
