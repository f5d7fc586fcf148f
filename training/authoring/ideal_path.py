"""A good call written down as prose: who says which line, however it is marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from scenarios.slugs import fold
from scenarios.source import CONTROL, LINE_ENDS, NO_BREAK

Side = Literal["they", "you", "told"]
THEY = {"they", "them", "customer", "caller", "client", "guest", "c", "t"}
YOU = {"you", "me", "i", "we", "us", "agent", "y"}
MOST_TURNS = 40
_BEFORE = re.compile(r"^(?:[-*•>‣–—]+\s+|\d{1,3}[.)]\s+)")
_BOLD = re.compile(r"^\*\*(?P<name>[^*:]{1,40}):?\*\*\s*:?\s*")
_NAMED = re.compile(r"^(?P<name>[^\W\d_][\w .'’-]{0,39}?)\s*(?:[:：]|\s[–—-]\s)\s*(?P<words>\S.*)$")
_TOLD = re.compile(r"^(?:\((?P<round>.+)\)|\[(?P<square>.+)\])$")


@dataclass
class Turn:
    """What the customer says, what happens before it is answered, and the good reply."""

    theirs: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    yours: list[str] = field(default_factory=list)


@dataclass
class IdealPath:
    """`opening` stands before the customer's first line; `closing` is what they say after the last reply."""

    opening: list[str] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)


def read_path(text: str, customer: str, you: str) -> IdealPath:
    """The turns of a call written as lines. Without any mark the lines alternate, the customer first.

    With marks, a line that has none goes on with the one before it; a line in brackets tells what happens.
    """
    path = IdealPath()
    for side, words in _sided(_lines(text), customer, you):
        _take(path, side, words)
    if path.turns and not path.turns[-1].yours:
        last = path.turns.pop()
        path.closing = [*last.theirs, *(f"({one})" for one in last.told)]
    return path


def _take(path: IdealPath, side: Side, words: str) -> None:
    turns = path.turns
    if side == "they":
        if not turns or turns[-1].yours:
            turns.append(Turn())
        turns[-1].theirs.append(words)
    elif not turns:
        path.opening.append(f"You say: “{words.strip('“”')}”" if side == "you" else words)
    elif side == "you":
        turns[-1].yours.append(words)
    elif turns[-1].yours:
        turns.append(Turn(told=[words]))
    else:
        turns[-1].told.append(words)


def _lines(text: str) -> list[str]:
    """The lines that hold words, as word processors leave them put right, and without list marks."""
    plain = LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    for space in NO_BREAK:
        plain = plain.replace(space, " ")
    lines = (" ".join(CONTROL.sub("", line.replace("\t", " ")).split()) for line in plain.split("\n"))
    return [line for line in (_BEFORE.sub("", line) for line in lines) if any(map(str.isalnum, line))]


def sides_in(lines: list[str], customer: str, you: str) -> dict[str, Side]:
    """The names that mark a line, folded: usual words, the two people's, and others that mark several."""
    sides = _sides_of(customer, you)
    return sides | _strangers(lines, sides)


def _sides_of(customer: str, you: str) -> dict[str, Side]:
    sides: dict[str, Side] = {**dict.fromkeys(THEY, "they"), **dict.fromkeys(YOU, "you")}
    people: tuple[tuple[str, Side], ...] = ((customer, "they"), (you, "you"))
    for person, side in people:
        name = person.partition(",")[0]
        for one in (name, *name.split()[:1]):
            if fold(one):
                sides[fold(one)] = side
    return sides


def _sided(lines: list[str], customer: str, you: str) -> Iterator[tuple[Side, str]]:
    sides = sides_in(lines, customer, you)
    marked = [said_in(line, sides) for line in lines]
    said: Side = "you"
    for line, mark in zip(lines, marked, strict=True):
        if told := _TOLD.match(line):
            yield "told", told["round"] or told["square"]
            continue
        if mark is not None:
            said, words = mark
        else:
            words = line
            if not any(marked):
                said = "they" if said == "you" else "you"
        yield said, words


def said_in(line: str, sides: dict[str, Side]) -> tuple[Side, str] | None:
    """Whose words a line holds, and the words; None where no name that is known stands before them."""
    found = _name_in(line)
    if found is None or found[0] not in sides:
        return None
    return sides[found[0]], found[1]


def _name_in(line: str) -> tuple[str, str] | None:
    """The name before a line's words, folded, and the words; None where no name stands there."""
    if (bold := _BOLD.match(line)) and line[bold.end() :].strip():
        return fold(bold["name"]), line[bold.end() :].strip()
    named = _NAMED.match(line)
    return (fold(named["name"]), named["words"]) if named else None


def _strangers(lines: list[str], sides: dict[str, Side]) -> dict[str, Side]:
    """Other names that mark two lines or more: the first is the customer, where nobody is yet."""
    names = [found[0] for line in lines if (found := _name_in(line))]
    often = [name for name, count in Counter(names).items() if count > 1 and name not in sides]
    taken = {sides[name] for name in names if name in sides}
    free = [side for side in ("they", "you") if side not in taken]
    return dict(zip(often, free, strict=False))  # type: ignore[arg-type]
