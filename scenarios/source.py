"""Bytes to lines: what word processors do to a text is put right here, in silence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.diagnostics import Problems

MOST_BYTES = 256 * 1024
MOST_LINES = 15_000
LINE_ENDS = re.compile(r"\r\n|[\r\u0085\u2028\u2029\v\f]")
# Gaps this wide mean nothing in Markdown, and would only make patterns slow.
LONG_GAP = " " * 9
GAP = re.compile(r"[ \t]{9,}")
NO_BREAK = "\u00a0\u202f\u2007"
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line: `indent` in columns (a tab goes to the next multiple of 4), `start` in characters."""

    number: int
    indent: int
    start: int
    text: str
    raw: str

    @property
    def blank(self) -> bool:
        return not self.text

    @property
    def where(self) -> tuple[int, int]:
        return self.number, self.start + 1


def read_text(source: bytes | str, problems: Problems) -> str:
    """The text with plain line ends and spaces; empty where it cannot be read at all."""
    size = len(source) if isinstance(source, bytes) else len(source.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        problems.add(
            "S102",
            (1, 1),
            f"The file has {size // 1024 + 1} KiB; {MOST_BYTES // 1024} is the most.",
            "Split it into two scenarios.",
        )
        return ""
    text = source if isinstance(source, str) else decoded(source, problems)
    text = LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    for letter in NO_BREAK:
        text = text.replace(letter, " ")
    lines = text.count("\n") + 1
    if lines > MOST_LINES:
        fault = f"The file has {lines:,} lines; {MOST_LINES:,} is the most."
        problems.add("S102", (1, 1), fault, "Split it into two scenarios.")
        return ""
    return without_controls(text, problems)


def decoded(source: bytes, problems: Problems) -> str:
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        column = error.start - source.rfind(b"\n", 0, error.start)
        problems.add(
            "S101",
            (line, column),
            f"The byte 0x{source[error.start]:02x} here is not UTF-8 text.",
            "Save the file again as UTF-8.",
        )
        return ""


def without_controls(text: str, problems: Problems) -> str:
    """Report each line's first control or direction-changing character, and read on without them."""
    if not CONTROL.search(text):
        return text
    for number, line in enumerate(text.split("\n"), 1):
        found = CONTROL.search(line)
        if found:
            problems.add(
                "S103",
                (number, found.start() + 1),
                f"A character that nobody can see (U+{ord(found[0]):04X}) stands here.",
                "Delete it, or type the line again.",
            )
    return CONTROL.sub("", text)


def split_lines(text: str, first: int = 1) -> list[SourceLine]:
    return [one_line(number, raw) for number, raw in enumerate(text.split("\n"), first)]


def one_line(number: int, raw: str) -> SourceLine:
    text = raw.strip(" \t")
    if LONG_GAP in text:
        text = GAP.sub(" ", text)
    start = len(raw) - len(raw.lstrip(" \t")) if text else 0
    lead = raw[:start]
    indent = len(lead.expandtabs(4)) if "\t" in lead else start
    return SourceLine(number, indent, start, text, raw)
