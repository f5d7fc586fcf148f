"""Who speaks: quotes into speech, thoughts and coaching; paragraphs into narration and attributes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scenarios.diagnostics import Problems, quoted
from scenarios.document import Line, LineKind, Where, Written
from scenarios.slugs import closest, fold

if TYPE_CHECKING:
    from scenarios.blocks import Block

VOICE = re.compile(
    r"(\*\*|__)(?P<name>[^*_:()]{1,60})(\((?P<aside>[^()]{0,60})\))?\s*(?P<in>:)?\s*\1(?P<out>\s?:)?(?P<gap>\s*)(?P<said>.*)",
    re.S,
)
PLAIN_NAME = re.compile(
    r"[*_]{0,2}(?P<name>[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,2})\s*(\([^)]*\))?\s*:[*_]{0,2}\s"
)


BARE_BOLD = re.compile(r"\*\*(?P<name>[^*:]{1,60})\*\*\s")
LOOSE_ATTRIBUTE = re.compile(
    r"(?i)[*_]{0,2}(?P<name>hint|note|ending)\b(?P<marks>[*_:\s]*)(?P<text>.*)", re.S
)


def loose_attribute(text: str) -> Written | None:
    """`Ending: success` and other forms of an attribute that lack a mark; its text as it was meant."""
    found = LOOSE_ATTRIBUTE.match(text)
    marked = found and (":" in found["marks"] or text.startswith(("*", "_")))
    return (
        Written(found["text"].replace("*", ""), name=found["name"].capitalize()) if found and marked else None
    )


def voice_of(text: str) -> re.Match[str] | None:
    found = VOICE.match(text)
    return found if found and (found["in"] or found["out"]) else None


def quote_lines(block: Block, problems: Problems) -> list[Line]:
    """The lines that a quote says, one for each time that a bold name begins a paragraph."""
    said: list[Line] = []
    for where, text in paragraphs(block, problems):
        found = voice_of(text)
        if found:
            said.append(spoken(found, where, problems))
        elif said:
            last = said[-1]
            said[-1] = Line(last.kind, last.speaker, f"{last.text}\n\n{text}".strip(), last.where)
        else:
            said.append(nameless(text, where, problems))
    return said


def paragraphs(block: Block, problems: Problems) -> list[tuple[Where, str]]:
    """A quote's paragraphs. A name that begins a line begins a paragraph, though viewers join the two."""
    found: list[tuple[Where, list[str]]] = []
    fresh = True
    for line in block.lines:
        text = line.text[1:].removeprefix(" ") if line.text.startswith(">") else line.text
        text = text.rstrip()
        if not text.strip():
            fresh = True
            continue
        if not fresh and voice_of(text):
            mend = "Write a line with only > between the two."
            problems.add("S112", line.where, "Viewers join this voice to the line above.", mend)
            fresh = True
        if fresh:
            found.append((line.where, []))
        found[-1][1].append(text)
        fresh = False
    return [(where, "\n".join(texts)) for where, texts in found]


def spoken(found: re.Match[str], where: Where, problems: Problems) -> Line:
    name = found["name"].strip()
    kind: LineKind = "coach" if fold(name) == "coach" else "speech"
    if found["said"] and not found["gap"] and not found["out"]:
        mend = f"Leave a space after **{name}:**."
        problems.add("S128", where, "No space follows the bold name, so viewers show its stars.", mend)
    aside = (found["aside"] or "").strip()
    if aside and fold(aside) == "thinking":
        kind = "thought"
    elif aside:
        near = closest(aside, ["thinking"])
        mend = (
            f'Did you mean "({near})"?' if near else "Only (thinking) is known: tell the manner in the words."
        )
        problems.add("S133", where, f'"({aside})" after a name means nothing.', mend)
    return Line(kind, "Coach" if kind == "coach" else name, found["said"].strip(), where)


def nameless(text: str, where: Where, problems: Problems) -> Line:
    """A quote that opens with no bold name: a slip where a name stands there, else told as it is."""
    plain = PLAIN_NAME.match(text) or BARE_BOLD.match(text)
    if plain or text.startswith(("**", "__")):
        name = plain["name"] if plain else "Name"
        problems.add(
            "S131",
            where,
            f"{quoted(text)} opens with no bold name and colon.",
            f"Write the name as **{name}:** and then the words.",
        )
        if plain:
            kind: LineKind = "coach" if fold(name) == "coach" else "speech"
            return Line(kind, name, text[plain.end() :], where)
    else:
        mend = "Open it with the speaker's name, like **Marcus:**, or take the > away."
        problems.add("S130", where, f"{quoted(text)} is quoted, and nobody says it.", mend)
    return Line("narration", "", "\n".join(f"> {line}" if line else ">" for line in text.split("\n")), where)


def attribute_of(text: str) -> tuple[str, str] | None:
    """`**Hint:** words` as its name and its words."""
    found = voice_of(text)
    if not found or found["aside"]:
        return None
    return found["name"].strip(), found["said"].strip()


def split_attributes(block: Block, problems: Problems) -> list[Written]:
    """A paragraph cut before each line that opens with a bold name; `name` is empty for plain prose."""
    found: list[Written] = []
    for line in block.lines:
        attribute = attribute_of(line.text)
        if attribute and found:
            mend = "Leave a blank line before it."
            problems.add("S112", line.where, "Viewers join this to the line above.", mend)
        if attribute:
            found.append(Written(attribute[1], line.where, attribute[0]))
        elif found:
            last = found[-1]
            found[-1] = Written(f"{last.text}\n{line.text}".strip(), last.where, last.name)
        else:
            found.append(Written(line.text, line.where))
    return found
