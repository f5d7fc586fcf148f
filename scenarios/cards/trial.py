"""A change tried on a text: it stands only where reading it again gives what was meant, and nothing else."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scenarios.cards.sheet import Sheet, open_sheet

if TYPE_CHECKING:
    from scenarios.document import Document


class RefusedError(Exception):
    """A change that the text cannot take. `field` names what to mend, and the message says why."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


READ_OTHERWISE = (
    "These words would be read as a mark of the language. "
    "Begin the line another way, or write them in the Markdown."
)


@dataclass
class Change:
    """Lines put in the place of lines, and what the document is then meant to say.

    `replaced` gives new lines for a line by its number (none: it goes); `added` gives lines to follow one.
    """

    sheet: Sheet
    meant: Document
    replaced: dict[int, list[str]] = field(default_factory=dict)
    added: dict[int, list[str]] = field(default_factory=dict)

    def replace(self, first: int, last: int, lines: list[str]) -> None:
        self.replaced |= {number: [] for number in range(first, last + 1)}
        self.replaced[first] = lines

    def add(self, after: int, lines: list[str]) -> None:
        self.added.setdefault(after, []).extend(lines)

    def part(self) -> None:
        """Leave a blank line between what is added and what follows it."""
        for end, rows in self.added.items():
            after = end + 1
            while after <= len(self.sheet.rows) and self.replaced.get(after) == []:
                after += 1
            if after <= len(self.sheet.rows) and self.sheet.raw(after).strip() and rows[-1].strip():
                rows.append("")

    def text(self) -> str:
        """The new text: every line that is not replaced keeps its bytes, its line end among them."""
        if not self.replaced and not self.added:
            return self.sheet.text
        usual = Counter(end for _, end in self.sheet.rows if end).most_common(1)
        end = usual[0][0] if usual else "\n"
        rows = list[tuple[str, str]]()
        for number, row in enumerate(self.sheet.rows, 1):
            new = self.replaced.get(number)
            rows += [row] if new is None else [(line, row[1]) for line in new]
            rows += [(line, "") for line in self.added.get(number, [])]
        return (
            "".join(line + (own or end) for line, own in rows[:-1]) + rows[-1][0] + last_end(rows, self.sheet)
        )


def last_end(rows: list[tuple[str, str]], sheet: Sheet) -> str:
    """A file that ended without a line end still does."""
    return "" if not sheet.rows[-1][1] and sheet.rows[-1][0] else rows[-1][1]


def begin(sheet: Sheet) -> Change:
    return Change(sheet, deepcopy(sheet.document))


def finish(change: Change) -> str:
    """The text with the change. RefusedError where it would not read as meant."""
    text = change.text()
    if text == change.sheet.text:
        return text
    after = open_sheet(text)
    known = Counter(one.code for one in change.sheet.diagnostics)
    for found in after.diagnostics:
        known[found.code] -= 1
        if known[found.code] < 0:
            raise RefusedError(f"{found.message} {found.mend}")
    if not is_same(after.document, change.meant):
        raise RefusedError(READ_OTHERWISE)
    return text


def is_same(one: Document, other: Document) -> bool:
    """Whether two documents say the same below their front matter, which no card changes."""
    return (one.heading, one.briefing, one.scenes, one.glossary) == (
        other.heading,
        other.briefing,
        other.scenes,
        other.glossary,
    )
