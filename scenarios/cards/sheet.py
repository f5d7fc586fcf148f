"""A text with the places of everything in it, by the numbers of its lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scenarios.addresses import Addresses
from scenarios.blocks import grouped
from scenarios.diagnostics import Diagnostic, Problems, in_reading_order
from scenarios.fields import FIELDS
from scenarios.front_matter import read_fields
from scenarios.scanner import scan
from scenarios.source import read_text, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scenarios.document import Document, Entry, Line, SceneText, Where, Written

LINE_END = re.compile(r"\r\n|[\n\r\u0085\u2028\u2029\v\f]")


@dataclass(frozen=True)
class Span:
    """Lines from `first` to `last`, both among them."""

    first: int
    last: int


@dataclass(frozen=True)
class Sheet:
    """A text as lines and as a document. `rows` are the lines as they are, each with its own line end.

    `diagnostics` are those of its shape and its front matter; where one of them is an error, what was read
    cannot be trusted, and nothing may be changed by card.
    """

    text: str
    rows: tuple[tuple[str, str], ...]
    document: Document
    addresses: Addresses
    diagnostics: tuple[Diagnostic, ...]
    blocks: tuple[Span, ...]
    starts: tuple[int, ...]

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return tuple(one for one in self.diagnostics if one.severity == "error")

    @property
    def skills(self) -> tuple[str, ...]:
        return tuple(one.text for one in self.document.front.items.get("skills", []))

    @property
    def customer(self) -> str:
        """The speaker whose face is shown."""
        words = re.split(r"[\s,]+", str(self.document.front.values.get("customer") or "").strip())
        return words[0] or "Customer"

    def raw(self, line: int) -> str:
        return self.rows[line - 1][0]

    def find(self, address: str) -> SceneText | None:
        """The scene at an address, as `address_of` gives it."""
        for scene in self.document.scenes:
            if self.address_of(scene) == address:
                return scene
        return None

    def address_of(self, scene: SceneText) -> str:
        return self.target_of(scene.title) or scene.title

    def target_of(self, target: str) -> str:
        """The address that a link means; empty where no scene has it."""
        return self.addresses.exact.get(target) or self.addresses.find_folded(target) or ""

    def span(self, where: Where) -> Span:
        """The lines of what begins there: to the end of its block, or to what begins next in it."""
        line = where[0]
        block = self.block(line)
        at = bisect_right(self.starts, line)
        following = self.starts[at] if at < len(self.starts) else len(self.rows) + 1
        last = min(block.last, following - 1)
        while last > line and not self.raw(last).strip(" \t>"):
            last -= 1
        return Span(line, last)

    def block(self, line: int) -> Span:
        at = bisect_right(self.blocks, line, key=lambda one: one.first) - 1
        return self.blocks[at]

    def entry_span(self, entry: Entry) -> Span:
        """An entry with all that stands under it."""
        head = self.span(entry.where)
        under = [self.span(where).last for where in places(entry.details, entry.lines)]
        return Span(head.first, max([head.last, *under]))

    def scene_end(self, scene: SceneText) -> int:
        """The last line of what a scene says; the blank lines and the glossary under it are not its."""
        ends = [scene.where[0]]
        ends += [self.span(where).last for where in places(scene.attributes, scene.lines)]
        ends += [self.entry_span(one).last for one in scene.entries]
        return max(ends)


def open_sheet(text: str) -> Sheet:
    """Read a text for cards. Never raises."""
    problems = Problems("")
    plain = read_text(text, problems)
    front = read_fields(plain, FIELDS, problems)
    document = scan(front, problems)
    addresses = Addresses(document, problems)
    found = grouped(split_lines(front.body, front.body_line), Problems(""))
    blocks = tuple(Span(one.lines[0].number, one.lines[-1].number) for one in found if one.lines)
    starts = tuple(sorted({where[0] for where in begun(document)}))
    return Sheet(text, rows_of(text), document, addresses, in_reading_order(problems.found), blocks, starts)


def begun(document: Document) -> Iterator[Where]:
    """Where everything in a document begins."""
    yield from places(document.glossary, document.briefing)
    for scene in document.scenes:
        yield scene.where
        yield from places(scene.attributes, scene.lines)
        for entry in scene.entries:
            yield entry.where
            yield from places(entry.details, entry.lines)


def places(written: list[Written], lines: list[Line]) -> list[Where]:
    return [one.where for one in written] + [one.where for one in lines]


def rows_of(text: str) -> tuple[tuple[str, str], ...]:
    rows, at = list[tuple[str, str]](), 0
    for found in LINE_END.finditer(text):
        rows.append((text[at : found.start()], found[0]))
        at = found.end()
    return (*rows, (text[at:], ""))
