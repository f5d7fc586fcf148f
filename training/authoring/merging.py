"""Two people changed one text: what each did, and the text that holds both where they did not collide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Who = Literal["nobody", "they", "you", "both", "clash"]
Lines = tuple[str, ...]


@dataclass(frozen=True)
class Region:
    """A run of lines as they were, as they are now, and as you have them. `who` changed it.

    `both`: the two of you made the same change. `clash`: each another. `line` counts in the text as it was.
    """

    who: Who
    line: int
    base: Lines
    theirs: Lines
    yours: Lines

    @property
    def merged(self) -> Lines:
        """Yours wins where the two clash: it is what you are looking at."""
        return self.theirs if self.who == "they" else self.yours


def compare_three(base: str, theirs: str, yours: str) -> tuple[Region, ...]:
    """Every region of the three texts in order; joined, each column gives its text back."""
    lines = tuple(tuple(text.splitlines(keepends=True)) for text in (base, theirs, yours))
    return tuple(_regions(*lines))


def merged_text(regions: tuple[Region, ...]) -> str:
    return "".join(line for region in regions for line in region.merged)


def line_now(old: str, new: str, line: int) -> int:
    """Where line `line` of `old` stands in `new`, counted from 1; where it changed, the change's begin."""
    before = after = 0
    for region in compare_three(old, old, new):
        if line <= before + len(region.base):
            return after + (line - before if region.who == "nobody" else 1)
        before, after = before + len(region.base), after + len(region.yours)
    return max(1, after)


def _regions(base: Lines, theirs: Lines, yours: Lines) -> Iterator[Region]:
    at = there = here = 0
    for start, end, to_there, to_here in _anchors(base, theirs, yours):
        if (at, there, here) != (start, to_there, to_here):
            yield _changed(at, base[at:start], theirs[there:to_there], yours[here:to_here])
        size = end - start
        if size:
            same = base[start:end]
            yield Region("nobody", start + 1, same, same, same)
        at, there, here = end, to_there + size, to_here + size


def _anchors(base: Lines, theirs: Lines, yours: Lines) -> Iterator[tuple[int, int, int, int]]:
    """(start, end, start in theirs, start in yours) of runs that all three share; the last is empty."""
    blocks = [SequenceMatcher(None, base, other).get_matching_blocks() for other in (theirs, yours)]
    first, second = 0, 0
    while first < len(blocks[0]) - 1 and second < len(blocks[1]) - 1:
        one, other = blocks[0][first], blocks[1][second]
        start, end = max(one.a, other.a), min(one.a + one.size, other.a + other.size)
        if start < end:
            yield start, end, one.b + start - one.a, other.b + start - other.a
        if one.a + one.size < other.a + other.size:
            first += 1
        else:
            second += 1
    yield len(base), len(base), len(theirs), len(yours)


def _changed(at: int, base: Lines, theirs: Lines, yours: Lines) -> Region:
    who: Who = "clash"
    if theirs == yours:
        who = "both"
    elif theirs == base:
        who = "you"
    elif yours == base:
        who = "they"
    return Region(who, at + 1, base, theirs, yours)
