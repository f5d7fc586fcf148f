"""Slips of a trainer's pen, by kind: each takes a sound scenario's lines and spoils one of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Slip = Callable[[list[str], Random], int | None]
SLIPS: dict[str, Slip] = {}
HARMLESS = {"curly quotes", "a true minus", "a tab for an indent", "no-break spaces", "another bullet"}


def slip(name: str) -> Callable[[Slip], Slip]:
    def keep(make: Slip) -> Slip:
        SLIPS[name] = make
        return make

    return keep


def pick(lines: list[str], random: Random, pattern: str) -> int | None:
    """The index of a random line that matches, or None."""
    found = [at for at, line in enumerate(lines) if re.search(pattern, line)]
    return random.choice(found) if found else None


def replacing(pattern: str, old: str, new: str) -> Slip:
    """A slip that replaces, in a line that matches `pattern`, the first `old` by `new`."""

    def make(lines: list[str], random: Random) -> int | None:
        at = pick(lines, random, pattern)
        if at is not None:
            lines[at] = re.sub(old, new, lines[at], count=1)
        return at

    return make


CHOICE = r'^- \["'
EFFECT = r"^  - [A-Z][\w ]+ [+-]\d"

SLIPS["a target without its #"] = replacing(CHOICE, r"\]\(#", "](")
SLIPS["a target with a space"] = replacing(r"\]\(#\w+-", r"(\]\(#\w+)-", r"\1 ")
SLIPS["a link never closed"] = replacing(CHOICE, r"\)$", "")
SLIPS["a bracket never closed"] = replacing(CHOICE, r"\]\(#", "(#")
SLIPS["a space before the address"] = replacing(CHOICE, r"\]\(#", "] (#")
SLIPS["a heading without a space"] = replacing(r"^## ", "^## ", "##")
SLIPS["a heading one level down"] = replacing(r"^## ", "^## ", "### ")
SLIPS["an effect without a sign"] = replacing(r"^  - [A-Z][\w ]+ \+\d", r"\+", "")
SLIPS["an effect the other way round"] = replacing(EFFECT, r"([A-Z][\w ]+?) ([+-]\d)", r"\2 \1")
SLIPS["an effect without its mark"] = replacing(EFFECT, "^  - ", "  ")
SLIPS["an effect in the first column"] = replacing(EFFECT, "^  - ", "- ")
SLIPS["an effect one column in"] = replacing(EFFECT, "^  - ", " - ")
SLIPS["an effect far in"] = replacing(EFFECT, "^  - ", "       - ")
SLIPS["a choice two columns in"] = replacing(CHOICE, "^- ", "  - ")
SLIPS["a choice without its space"] = replacing(CHOICE, "^- ", "-")
SLIPS["speech without its mark"] = replacing(r"^> \*\*", "^> ", "")
SLIPS["a name not bold"] = replacing(r"^> \*\*\w+:\*\*", r"\*\*(\w+:)\*\*", r"\1")
SLIPS["a name half bold"] = replacing(r"^> \*\*\w+:\*\*", r":\*\*", ":")
SLIPS["text after a link"] = replacing(CHOICE, "$", " Restrain +1")
SLIPS["an ending of another name"] = replacing(r"^\*\*Ending:\*\* \w", r"\*\* \w(\w+)", r"** w\1")
SLIPS["an attribute misspelt"] = replacing(r"^\*\*Ending:", "Ending", "Endnig")
SLIPS["a field misspelt"] = replacing(r"^(title|skills|customer):", "^(.)(.)", r"\2\1")
SLIPS["effects joined by and"] = replacing(r"^  - .*\d, [A-Za-z]+ [+-]", ",", " and")
SLIPS["a bare ending"] = replacing(r"^\*\*Ending:\*\*", r"\*\*", "")
SLIPS["a route without Otherwise"] = replacing(r"^- Otherwise: \[", "Otherwise: ", "")
SLIPS["a name without its colon"] = replacing(r"^> \*\*\w+:\*\*", ":", "")
SLIPS["an arrow for a link"] = replacing(CHOICE, r"\[(.*)\]\((#.*)\)", r"\1 -> \2")
SLIPS["curly quotes"] = replacing(CHOICE, '"(.*)"', r"“\1”")
SLIPS["a true minus"] = replacing(r"^  - .* -\d", r" -(\d)", r" −\1")
SLIPS["a tab for an indent"] = replacing(EFFECT, "^  - ", "\t- ")
SLIPS["no-break spaces"] = replacing(EFFECT, " ([+-])", "\u00a0\\1")
SLIPS["another bullet"] = replacing(EFFECT, "^  - ", "  * ")


@slip("a target with two letters swapped")
def swapped_target(lines: list[str], random: Random) -> int | None:
    at = pick(lines, random, r"\]\(#[\w-]{5,}\)")
    if at is not None:
        found = re.search(r"\]\(#([\w-]+)\)", lines[at])
        assert found
        name = swapped(found[1], random)
        lines[at] = lines[at][: found.start(1)] + name + lines[at][found.end(1) :]
    return at


@slip("an effect's name with two letters swapped")
def swapped_effect(lines: list[str], random: Random) -> int | None:
    at = pick(lines, random, EFFECT)
    if at is not None:
        found = re.search(r"[A-Z][a-z]{3,}", lines[at])
        if found is None:
            return None
        lines[at] = lines[at][: found.start()] + swapped(found[0], random) + lines[at][found.end() :]
    return at


@slip("a scene's heading lost")
def lost_heading(lines: list[str], random: Random) -> int | None:
    at = pick(lines, random, r"^## ")
    if at is not None:
        del lines[at]
    return at


@slip("an ending lost")
def lost_ending(lines: list[str], random: Random) -> int | None:
    at = pick(lines, random, r"^\*\*Ending:")
    if at is not None:
        lines[at] = ""
        return max(index for index in range(at) if lines[index].startswith("## "))
    return at


@slip("a scene pasted twice")
def pasted_twice(lines: list[str], random: Random) -> int | None:
    at = pick(lines, random, r"^## ")
    if at is None:
        return None
    end = next((index for index in range(at + 1, len(lines)) if lines[index].startswith("## ")), len(lines))
    lines[end:end] = [*lines[at:end], ""]
    return end


@slip("a colon in a title")
def colon_in_title(lines: list[str], random: Random) -> int | None:
    at = pick(lines, random, r"^title:")
    if at is not None:
        lines[at] = "title: Hard calls: the first"
    return at


def swapped(word: str, random: Random) -> str:
    """The word with two different neighbours swapped."""
    places = [at for at in range(len(word) - 1) if word[at] != word[at + 1] and "-" not in word[at : at + 2]]
    at = random.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
