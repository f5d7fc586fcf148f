"""The list items of a scene: choices, routes and timers, and what is indented under them."""

from __future__ import annotations

import re

from scenarios.blocks import DETAIL, LEAD, Block
from scenarios.diagnostics import Problems, quoted
from scenarios.document import Entry, Line, SceneText, Written
from scenarios.links import read_link
from scenarios.voices import attribute_of, quote_lines

MOST_CHOICES = 8
LEAD_WORD = re.compile(r"(?i)(if|unless|otherwise|else|after)\b")
LINK_SIGNS = ("[", "]", "(#")
BARE_TARGET = re.compile(r"\s#[\w-]{2,80}$")
ODD_LEAD = re.compile(r"([^\[\]\"“]{1,80}):\s*(?=\[)")
ROUTE_WITHOUT_LINK = re.compile(r"(?i)(if|unless)\s[^:]{1,120}:\s*\S")
RESERVED = re.compile(r"(?i)(match|example)\s*:")


class Entries:
    """The entries of the scene being read; `last` is the one that indented lines belong to."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.last: Entry | None = None
        self.deepest: int | None = None  # where the detail above has its words, which a viewer nests below

    def begin(self) -> None:
        self.last = self.deepest = None

    def takes(self, block: Block) -> bool:
        """Whether a quote or a paragraph belongs to the last entry rather than to the scene."""
        if self.last is None:
            return False
        if block.kind == "quote":
            return True
        return block.indent > self.last.indent

    def item(self, scene: SceneText, block: Block) -> None:
        for code, message, mend in block.faults:
            self.problems.add(code, block.where, message, mend)
        content = block.content
        nested = self.last is not None and block.indent >= self.last.indent + 2
        if RESERVED.match(content):
            mend = "Take it out: answers in the learner's own words come later."
            self.problems.add("S143", block.where, f"{quoted(content)} begins with a reserved word.", mend)
        elif not content:
            self.problems.add("S116", block.where, "This list item is empty.", "Take it out.")
        elif is_entry(content):
            self.entry(scene, block, nested=nested)
        elif self.last is not None and (nested or DETAIL.match(content) or block.indent > self.last.indent):
            self.detail(block)
        elif ROUTE_WITHOUT_LINK.match(content):
            mend = "Write [the words](#the-scene) after the colon."
            self.problems.add("S115", block.where, f"{quoted(content)} leads nowhere.", mend)
        elif DETAIL.match(content):
            mend = "Move it under the choice it belongs to, two spaces in."
            self.problems.add("S150", block.where, f"{quoted(content)} stands under no choice.", mend)
        else:
            self.no_choice(scene, block)

    def entry(self, scene: SceneText, block: Block, *, nested: bool) -> None:
        if nested:
            mend = "Begin it in the first column; a choice has no choices of its own."
            self.problems.add("S113", block.where, "This choice is indented under another.", mend)
        elif block.indent:
            mend = "Begin it in the first column."
            self.problems.add("S111", block.where, "This choice is indented.", mend)
        if block.reach > block.indent + 2:
            self.spaced(block)
        self.keep(scene, block, self.parsed(block))

    def spaced(self, block: Block) -> None:
        mend = "Leave one space."
        self.problems.add("S111", block.where, "Viewers expect what is under this deeper in.", mend)

    def parsed(self, block: Block) -> Entry:
        """The entry that an item writes, its faults reported."""
        content = block.content
        lead = LEAD.match(content) or LEAD_WORD.match(content) if not content.startswith("[") else None
        words = content[lead.end() :].lstrip(": ") if lead else content
        if lead and "[" in content and not words.startswith("["):
            words = content[content.index("[") :]
        link = read_link(words)
        line, column = block.where
        column += block.offset
        shift = len(content) - len(words)
        one_line = len(block.lines) == 1
        target_where = (line, column + shift + link.at) if one_line and link.at else (line, column)
        if link.fault:
            self.problems.add("S115", (line, column), link.fault, link.mend)
        elif link.rest:
            mend = "Put effects on a line of their own, two spaces in; put words into the link."
            fault = f"{quoted(link.rest)} stands after the link."
            self.problems.add("S114", (line, column + shift + link.at), fault, mend)
        elif not link.text.strip():
            self.problems.add(
                "S139", (line, column), "This choice has no words.", "Write them between [ and ]."
            )
        shown = content[: len(content) - len(words)].rstrip(": ") if lead else ""
        return Entry(
            link.text.strip(), link.target, shown, (line, column), target_where, reach=2, indent=block.indent
        )

    def keep(self, scene: SceneText, block: Block, entry: Entry) -> None:
        self.last, self.deepest = entry, None
        entry.reach = block.reach
        if entry.kind == "choice" and sum(one.kind == "choice" for one in scene.entries) >= MOST_CHOICES:
            scene.beyond += 1
            if scene.beyond == 1:
                mend = "Keep the ones that teach; three or four are plenty."
                self.problems.add("S144", block.where, f"A scene has at most {MOST_CHOICES} choices.", mend)
            return
        scene.entries.append(entry)

    def detail(self, block: Block) -> None:
        """An item under the last entry, at whatever indent: read as meant."""
        if self.last is None:
            return
        self.check_indent(block, self.last)
        if not self.too_deep(block):
            self.deepest = block.reach
        if self.last.kind == "choice":
            self.last.details.append(Written(block.content, (block.where[0], block.where[1] + block.offset)))
        else:
            self.not_here(block, self.last)

    def check_indent(self, block: Block, entry: Entry) -> None:
        if not entry.reach <= block.indent <= entry.reach + 3:
            columns = f"{entry.reach - entry.indent} columns"
            self.problems.add(
                "S111",
                block.where,
                "This is read as part of the choice above; Markdown viewers see it elsewhere.",
                f"Indent it by {columns}.",
            )

    def too_deep(self, block: Block) -> bool:
        """Whether viewers show this under the detail above rather than under the choice."""
        if self.deepest is None or block.indent < self.deepest:
            return False
        mend = "Indent it like the one above."
        self.problems.add("S111", block.where, "Viewers show this under the line above it.", mend)
        return True

    def not_here(self, block: Block, entry: Entry) -> None:
        what = "route" if entry.kind == "route" else "timer"
        mend = "Put it into the scene that the link leads to, or under a choice."
        self.problems.add("S142", block.where, f"Nothing can stand under a {what}.", mend)

    def prose(self, block: Block) -> None:
        """A quote or a paragraph under the last entry."""
        entry = self.last
        if entry is None:
            return
        self.check_indent(block, entry)
        if not self.too_deep(block):
            self.deepest = None
        if entry.kind != "choice":
            self.not_here(block, entry)
        elif block.kind == "quote":
            entry.lines.extend(quote_lines(block, self.problems))
        elif DETAIL.match(block.text):
            mend = f"Write `- {block.lines[0].text}`."
            self.problems.add("S118", block.where, f"{quoted(block.text)} has no list mark.", mend)
            entry.details.append(Written(block.lines[0].text, block.where))
        else:
            self.paragraph(block, entry)

    def paragraph(self, block: Block, entry: Entry) -> None:
        if block.joined:
            mend = "Leave a blank line before it."
            self.problems.add("S112", block.where, "Viewers join this text to the line above.", mend)
        voice = attribute_of(block.text)
        if voice:
            name, words = voice
            mend = f"Write > **{name}:** with the mark before it."
            self.problems.add("S132", block.where, f"{quoted(block.text)} is speech without its >.", mend)
            entry.lines.append(Line("speech", name, words, block.where))
        else:
            entry.lines.append(Line("narration", "", block.text, block.where))

    def no_choice(self, scene: SceneText, block: Block) -> None:
        content = block.content
        if any(sign in content for sign in LINK_SIGNS) or BARE_TARGET.search(content):
            odd = ODD_LEAD.match(content)
            if odd and "](#" in content:
                mend = "Begin a route with If, Unless or Otherwise, and a timer with After."
                fault = f"{quoted(odd[1])} begins neither a route nor a timer."
                self.problems.add("S115", block.where, fault, mend)
                return
            self.keep(scene, block, self.parsed(block))
            return
        mend = "Write a choice as - [the words](#the-scene), or plain prose without the list mark."
        self.problems.add("S116", block.where, f"{quoted(content)} is a list item and no choice.", mend)
        self.last = None


def is_entry(content: str) -> bool:
    if content.startswith("["):
        return True
    if LEAD.match(content):
        return True
    lead = LEAD_WORD.match(content)
    if lead is None:
        return False
    word = lead[1].lower()
    return (
        word in {"otherwise", "else"} or (word == "after" and "second" in content.lower()) or "](" in content
    )
