"""What is said and told, in a scene or under a reply: each line's own rows changed, taken out or added."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scenarios.cards.words import plain, quoted_text, shown_text, told_paragraphs
from scenarios.document import Line
from scenarios.voices import voice_of
from scenarios.writer import voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scenarios.cards.sheet import Sheet, Span
    from scenarios.cards.trial import Change

Who = Literal["customer", "told", "thinks", "coach"]
QUOTE = re.compile(r"([ \t]*>[ ]?)(.*)", re.S)


@dataclass(frozen=True)
class Said:
    """A line to add: who says it, and the words as typed."""

    who: Who
    words: str


@dataclass(frozen=True)
class Place:
    """Where lines stand: `indent` before each, and the last row of what they stand under."""

    indent: str
    end: int


def is_voice(sheet: Sheet, line: Line) -> bool:
    """Whether a line is a quote that opens with a name."""
    quote = QUOTE.fullmatch(sheet.raw(line.where[0]))
    return bool(line.speaker and quote and voice_of(quote[2]))


def is_told(sheet: Sheet, line: Line) -> bool:
    """Whether it is a paragraph."""
    return line.kind == "narration" and not sheet.raw(line.where[0]).lstrip().startswith(">")


def shown(sheet: Sheet, line: Line) -> str | None:
    """A line's words for a card; None for one that only the Markdown shows."""
    if is_voice(sheet, line):
        return shown_text(line.text, told=False)
    return shown_text(line.text, told=True) if is_told(sheet, line) else None


def change_lines(
    change: Change, lines: list[Line], typed: Sequence[str], said: Sequence[Said], place: Place
) -> None:
    """Give lines the words typed for them, in order (none: the line goes), and add what is new.

    `lines` is the list in the document that is meant, and is changed too.
    """
    sheet = change.sheet
    before = list(lines)
    lines.clear()
    words = iter(typed)
    for line in before:
        old = shown(sheet, line)
        new = old if old is None else next(words, old)
        if new is None or old is None or plain(new) == plain(old):
            lines.append(line)
        elif not plain(new):
            take_out(change, sheet.span(line.where))
        elif is_voice(sheet, line):
            lines.append(speak_anew(change, line, new))
        else:
            lines.extend(tell_anew(change, line, new))
    for one in said:
        if plain(one.words):
            lines.extend(add_line(change, one, place))


def speak_anew(change: Change, line: Line, typed: str) -> Line:
    """Other words for a voice: its quote mark and its name stay as they are written."""
    span, text = change.sheet.span(line.where), quoted_text(typed)
    quote = QUOTE.fullmatch(change.sheet.raw(span.first))
    found = voice_of(quote[2]) if quote else None
    if quote is None or found is None:
        return line
    name = quote[2][: found.start("said")].rstrip()
    mark = quote[1].rstrip()
    first, *others = text.split("\n")
    rows = [f"{quote[1]}{name} {first}", *(f"{mark} {one}".rstrip() for one in others)]
    change.replace(span.first, span.last, rows)
    return Line(line.kind, line.speaker, text)


def tell_anew(change: Change, line: Line, typed: str) -> list[Line]:
    span, paragraphs = change.sheet.span(line.where), told_paragraphs(typed)
    raw = change.sheet.raw(span.first)
    indent = raw[: len(raw) - len(raw.lstrip(" \t"))]
    change.replace(span.first, span.last, indented("\n\n".join(paragraphs), indent))
    return [Line("narration", "", text) for text in paragraphs]


def indented(text: str, indent: str) -> list[str]:
    return [f"{indent}{one}" if one else "" for one in text.split("\n")]


def take_out(change: Change, span: Span) -> None:
    """Take lines out, with what parted them from their neighbours."""
    sheet, first, last = change.sheet, span.first, span.last
    block = sheet.block(first)
    parted = last
    while parted < block.last and sheet.raw(parted + 1).strip() == ">":
        parted += 1
    if parted < block.last:
        last = parted
    elif first > block.first:
        while first > block.first and sheet.raw(first - 1).strip() == ">":
            first -= 1
        last = parted
    else:
        last = parted
        if not sheet.raw(first - 1).strip():
            while last < len(sheet.rows) - 1 and not sheet.raw(last + 1).strip():
                last += 1
    change.replace(first, last, [])


def add_line(change: Change, said: Said, place: Place) -> list[Line]:
    """A new line after all that stands there; told words come back as a line for each paragraph."""
    sheet, last = change.sheet, last_row(change, place.end)
    if said.who == "told":
        paragraphs = told_paragraphs(said.words)
        gap = [""] if last.strip() else []
        change.add(place.end, gap + indented("\n\n".join(paragraphs), place.indent))
        return [Line("narration", "", text) for text in paragraphs]
    line = voiced(said, sheet.customer)
    after_heading = not place.indent and last.startswith("#")
    gap = [f"{place.indent}>"] if last.lstrip().startswith(">") else [""] if after_heading else []
    if not gap and not place.indent and last.strip():
        gap = [""]
    change.add(place.end, gap + indented(voice(line), place.indent))
    return [line]


def last_row(change: Change, end: int) -> str:
    """The row that something added there will follow."""
    if change.added.get(end):
        return change.added[end][-1]
    for number in range(end, 0, -1):
        rows = change.replaced.get(number, [change.sheet.raw(number)])
        if rows:
            return rows[-1]
    return ""


def voiced(said: Said, customer: str) -> Line:
    text = quoted_text(said.words)
    if said.who == "coach":
        return Line("coach", "Coach", text)
    return Line("thought" if said.who == "thinks" else "speech", customer, text)
