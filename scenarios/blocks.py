"""Lines grouped into blocks: headings, quotes, list items, paragraphs. Every line resynchronises."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from scenarios.diagnostics import Problems, quoted
from scenarios.links import after_code, read_link
from scenarios.source import SourceLine

if TYPE_CHECKING:
    from collections.abc import Iterator


BULLET = re.compile(r"([-*+])( +|$)(.*)")
NUMBER = re.compile(r"(\d{1,9}[.)])( +)(.*)")
LEAD = re.compile(r"(?i)(if|unless|otherwise|else|after)\b[^\[\]]*:?\s*(?=\[)")
DETAIL = re.compile(
    r"(?i)(set|clear)\s+[\w' -]+(,.*)?$|once\.?$|(if|unless)\s[^\[]*$"
    r"|[^\W\d][\w' -]*\s[+\-−–]\s?\d+\s*(,.*)?$"
)
ODD_BULLET = re.compile(r"(?:([•‣▪◦·–—−])\s*|([-*+]))(?=\[|(?:If|Otherwise|After|Unless)\b)")
UNDERLINE = re.compile(r"=+|-+")
RULE = re.compile(r"([-*_])( *\1){2,}")
FENCE = re.compile(r"(`{3,}|~{3,})")
HEADING = re.compile(r"(#{1,6})(\s+|$)(.*?)(?:\s+#+)?")
TIGHT_HEADING = re.compile(r"(#{2,6}|#(?=[^\W\d]))([^#\s].*)")
DEFINITION = re.compile(r"\[[^\]]+\]:\s*\S")
GLOSSARY = re.compile(r"\*\[([^\]]*)\]\s*:\s*(.*)")
HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(\s[^<>]*)?/?>|<!--|<![A-Z]|<\?|^</?[A-Za-z][A-Za-z0-9-]*\s*$")

Kind = Literal["heading", "quote", "item", "text", "glossary"]


@dataclass(slots=True)
class Block:
    """`gap`: after a blank line. `joined`: Markdown viewers take it for part of the block before.
    `listed`: a list item stands before it in the same scene.
    """

    kind: Kind
    lines: list[SourceLine]
    gap: bool
    joined: bool = False
    listed: bool = False
    content: str = ""
    reach: int = 0
    offset: int = 0
    faults: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def indent(self) -> int:
        return self.lines[0].indent

    @property
    def where(self) -> tuple[int, int]:
        return self.lines[0].where

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def grouped(lines: list[SourceLine], problems: Problems) -> Iterator[Block]:
    """The blocks of a text in order, with the problems that one line shows by itself reported.

    Ends where no more problems are taken: what follows would be read for nothing.
    """
    last: Block | None = None
    gap = True
    for line in lines:
        if problems.full:
            return
        if line.blank:
            gap = True
            continue
        if last is not None and not gap and underlines(line, last):
            heading = underlined(line, last, problems)
            if last.lines:
                yield last
            last = heading
            continue
        if refused(line, problems):
            gap, last = True, None if last and last.kind == "text" else last
            continue
        block = one_block(line, gap=gap)
        if last is not None and not gap and continues(last, block):
            extend(last, block, problems)
            continue
        if last is not None:
            yield last
        block.joined = not gap and last is not None and joins(last, block)
        block.listed = block.kind == "item" or (block.kind != "heading" and last is not None and last.listed)
        last, gap = block, False
    if last is not None:
        yield last


def one_block(line: SourceLine, *, gap: bool) -> Block:
    """The block that this line would begin."""
    text = line.text
    if text.startswith("#") and (HEADING.fullmatch(text) or TIGHT_HEADING.fullmatch(text)):
        return Block("heading", [line], gap)
    if text.startswith(">"):
        return Block("quote", [line], gap)
    if GLOSSARY.match(text):
        return Block("glossary", [line], gap)
    if bullet := BULLET.fullmatch(text):
        spaces = len(bullet[2])
        reach = line.indent + 1 + (spaces if 1 <= spaces <= 4 else 1)
        return Block("item", [line], gap, content=bullet[3].strip(), reach=reach, offset=bullet.start(3))
    if (number := NUMBER.fullmatch(text)) and number[3].startswith("["):
        offset = number.start(3)
        block = Block("item", [line], gap, content=number[3], reach=line.indent + offset, offset=offset)
        block.faults.append(("S119", "A number stands before this choice.", "Begin it with `- `."))
        return block
    if odd := ODD_BULLET.match(text):
        return odd_item(line, odd, gap=gap)
    return Block("text", [line], gap)


def odd_item(line: SourceLine, odd: re.Match[str], *, gap: bool) -> Block:
    content = line.text[odd.end() :]
    block = Block("item", [line], gap, content=content, reach=line.indent + 2, offset=odd.end())
    fault = (
        f"{quoted(odd[1])} is no list mark in Markdown." if odd[1] else "The list mark has no space after it."
    )
    block.faults.append(("S118", fault, "Begin the line with a hyphen and a space: `- `."))
    return block


def continues(last: Block, block: Block) -> bool:
    """Whether this line goes on with the block before it."""
    if block.kind == "quote":
        return last.kind == "quote" and (block.indent >= 2 or last.indent < 2 or not last.listed)
    if block.kind != "text":
        return False
    if last.kind == "text":
        return True
    if last.kind == "glossary":
        return not DETAIL.match(block.text)
    if last.kind == "quote":
        return last.lines[-1].text.strip("> ") != "" and not DETAIL.match(block.text)
    return last.kind == "item" and item_goes_on(last, block)


def item_goes_on(last: Block, block: Block) -> bool:
    words = LEAD.sub("", last.content, count=1) if LEAD.match(last.content) else last.content
    if words.startswith("["):
        return len(last.lines) <= 12 and read_link(words).open and not DETAIL.match(block.text)
    return block.indent >= last.reach


def extend(last: Block, block: Block, problems: Problems) -> None:
    if last.kind == "quote" and block.kind == "text":
        problems.add(
            "S112",
            block.where,
            "This line has no >, so it is read as part of the quote above, as viewers do.",
            "Begin it with >, or leave a blank line before it.",
        )
    last.lines.append(block.lines[0])
    if last.kind == "item":
        last.content = f"{last.content} {block.text}"


def underlines(line: SourceLine, last: Block) -> bool:
    return last.kind == "text" and UNDERLINE.fullmatch(line.text) is not None


def underlined(line: SourceLine, last: Block, problems: Problems) -> Block:
    """The heading that an underlined line was meant to be, taken from the end of its paragraph."""
    words = last.lines.pop()
    mend = f"Write ## {words.text} and leave the line of marks out."
    problems.add("S110", line.where, f"This underlines {quoted(words.text)} into a heading.", mend)
    marked = SourceLine(words.number, words.indent, words.start, f"## {words.text}", words.raw)
    return Block("heading", [marked], last.gap)


def refused(line: SourceLine, problems: Problems) -> bool:
    """Whether the line is something that no scenario has. What has been reported is skipped."""
    text = line.text
    if "<" in text and (found := HTML.search(without_code(text))):
        problems.add(
            "S104",
            (line.number, line.start + found.start() + 1),
            f"{quoted(found[0])} is raw HTML.",
            "Write it in Markdown, or \\< for the sign itself.",
        )
        return False
    if FENCE.match(text):
        problems.add("S105", line.where, "Code blocks have no place in a scenario.", "Take this line out.")
        return True
    if RULE.fullmatch(text):
        problems.add("S146", line.where, "A rule across the page is not shown.", "Take it out.")
        return True
    if DEFINITION.match(text):
        problems.add(
            "S145", line.where, "This defines a link for elsewhere.", "Write each address where it is used."
        )
        return True
    return False


def without_code(text: str) -> str:
    """The text with its code spans blanked out, letter for letter."""
    parts: list[str] = []
    at = 0
    while (tick := text.find("`", at)) >= 0:
        end = after_code(text, tick)
        parts += [text[at:tick], "x" * (end - tick)]
        at = end
    return "".join([*parts, text[at:]])


def joins(last: Block, block: Block) -> bool:
    """Whether Markdown viewers read this block as part of the one before, there being no blank line."""
    if block.kind == "glossary":
        return last.kind not in {"heading", "glossary"}
    return block.kind == "text" and last.kind != "heading"
