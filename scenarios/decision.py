"""The one decision of a lesson, its section `## Your call`: the same syntax, and replies need no link."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from scenarios.blocks import Block, grouped
from scenarios.diagnostics import Diagnostic, Problems, in_reading_order, quoted
from scenarios.document import Entry, Line, SceneText, Written
from scenarios.effects import read_details
from scenarios.entries import Entries
from scenarios.links import read_link
from scenarios.menus import of_kind
from scenarios.names import Catalogue, Names
from scenarios.slugs import fold
from scenarios.source import read_text, split_lines
from scenarios.voices import quote_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scenarios.document import Where

Band = Literal["strong", "fair", "weak"]


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply; `index` counts from 1. Strong earns the most, fair earns something, weak nothing."""

    index: int
    text: str
    points: tuple[tuple[str, int], ...]
    reaction: tuple[Line, ...]
    thoughts: tuple[Line, ...]
    coaching: tuple[Line, ...]
    band: Band
    where: Where = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class LessonDecision:
    prompt: tuple[Line, ...]
    replies: tuple[Reply, ...]


@dataclass(frozen=True)
class DecisionReading:
    """`decision` is None when an error stops it."""

    decision: LessonDecision | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        return self.decision is not None


def split_decision(body: str, body_line: int = 1) -> tuple[str, str | None, int]:
    """A lesson's prose, its decision's section without the heading (or None), and that section's first line.

    The section goes on to the next `##`; what follows it belongs to the prose.
    """
    lines = body.split("\n")
    begin = next((at for at, line in enumerate(lines) if is_heading(line, "your-call")), None)
    if begin is None:
        return body, None, body_line
    end = next((at for at in range(begin + 1, len(lines)) if is_heading(lines[at])), len(lines))
    prose = "\n".join(lines[:begin] + lines[end:])
    return prose, "\n".join(lines[begin + 1 : end]), body_line + begin + 1


def is_heading(line: str, name: str = "") -> bool:
    return line.startswith("## ") and (not name or fold(line[3:]) == name)


def read_decision(
    section: str,
    first_line: int = 1,
    *,
    path: str = "<text>",
    catalogue: Catalogue | None = None,
    skills: Iterable[str] = (),
) -> DecisionReading:
    """Read a decision's section, whose first line has the number `first_line`. Never raises.

    Replies may change the catalogue's skills and the `skills` given; any other effect is an error.
    """
    problems = Problems(path)
    names = Names({fold(one): fold(one) for one in (*skills, *(catalogue.skills if catalogue else ()))})
    scene = SceneText("Your call", (first_line, 1))
    entries = Replies(problems)
    for block in grouped(split_lines(read_text(section, problems), first_line), problems):
        take(block, scene, entries, problems)
    replies = banded([read_reply(at, one, names, problems) for at, one in enumerate(scene.entries, 1)])
    check(replies, scene, problems)
    decision = None if problems.stop else LessonDecision(tuple(scene.lines), tuple(replies))
    return DecisionReading(decision, in_reading_order(problems.found))


class Replies(Entries):
    """Entries where every top-level item is a reply, with a link or without."""

    def item(self, scene: SceneText, block: Block) -> None:
        content = block.content
        nested = self.last is not None and block.indent >= self.last.indent + 2
        if nested or not content:
            super().item(scene, block)
            return
        for code, message, mend in block.faults:
            self.problems.add(code, block.where, message, mend)
        link = read_link(content) if content.startswith("[") else None
        text = link.text if link and not link.fault else content
        line, column = block.where
        where = (line, column + block.offset)
        self.keep(scene, block, Entry(text, "", "", where, where, indent=block.indent))


def take(block: Block, scene: SceneText, entries: Replies, problems: Problems) -> None:
    if block.kind == "item":
        entries.item(scene, block)
    elif block.kind in {"heading", "glossary"}:
        return
    elif entries.takes(block):
        entries.prose(block)
    elif scene.entries:
        mend = "Move it above them, or indent it by two to put it under the last one."
        problems.add("S117", block.where, f"{quoted(block.text)} stands after the replies.", mend)
    elif block.kind == "quote":
        scene.lines.extend(quote_lines(block, problems))
    else:
        scene.lines.append(Line("narration", "", block.text, block.where))


def read_reply(index: int, entry: Entry, names: Names, problems: Problems) -> Reply:
    for detail in entry.details:
        refuse(detail, problems)
    effects = [detail for detail in entry.details if not beyond_lesson(detail)]
    read = read_details(effects, names, problems)
    return Reply(
        index,
        entry.text,
        tuple(read.points.items()),
        of_kind(entry.lines, "narration", "speech"),
        of_kind(entry.lines, "thought"),
        of_kind(entry.lines, "coach"),
        "weak",
        entry.where,
    )


def beyond_lesson(detail: Written) -> bool:
    return detail.text.lower().split(" ")[0].rstrip(".:") in {"if", "unless", "once", "set", "clear"}


def refuse(detail: Written, problems: Problems) -> None:
    if beyond_lesson(detail):
        mend = "Take it out: a lesson's reply changes skills only."
        problems.add("S317", detail.where, f"{quoted(detail.text)} has no place in a lesson.", mend)


def banded(replies: list[Reply]) -> list[Reply]:
    """Best is strong, any other with positive points fair, else weak."""
    totals = [sum(amount for _, amount in reply.points) for reply in replies]
    best = max(totals, default=0)

    def band(total: int) -> Band:
        return "weak" if total <= 0 else "strong" if total == best else "fair"

    return [
        Reply(
            one.index, one.text, one.points, one.reaction, one.thoughts, one.coaching, band(total), one.where
        )
        for one, total in zip(replies, totals, strict=True)
    ]


def check(replies: list[Reply], scene: SceneText, problems: Problems) -> None:
    if len(replies) < 2:
        mend = "Write at least two replies, each a list item beginning with `- `."
        problems.add("S151", scene.where, f"The decision has {len(replies)} of the replies it needs.", mend)
    elif not any(reply.band == "strong" for reply in replies):
        mend = "Let the best reply earn a skill, like Restrain +2."
        problems.add("S152", scene.where, "No reply of this decision earns anything.", mend)
