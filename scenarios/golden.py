"""Plays that are known to be right, kept beside a scenario: `1,2,0 => 71 handed-over failed`, one a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scenarios.diagnostics import Problems, quoted
from scenarios.play import NotOnOfferError, Play, choose, start
from scenarios.score import score

if TYPE_CHECKING:
    from scenarios.compiled import Compiled

LINE = re.compile(r"(?P<choices>\d+(?:\s*,\s*\d+)*)\s*=>\s*(?P<told>\d+ \S+ (?:passed|failed))")


def check_golden(compiled: Compiled, text: str, problems: Problems) -> None:
    """Play each line, and report every one that does not end as it says. Lines with # are remarks."""
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        found = LINE.fullmatch(words)
        if found is None:
            mend = "Write it like 1,2,1 => 76 handed-over passed."
            problems.add("P416", (number, 1), f"{quoted(words)} is no known play.", mend)
            continue
        told = outcome(compiled, [int(pick) for pick in found["choices"].split(",")])
        if told != found["told"]:
            fault = f"The play {found['choices']} comes to {quoted(told)}, not to {quoted(found['told'])}."
            mend = "Mend the scenario if that is wrong, and this line if it is meant."
            problems.add("P416", (number, 1), fault, mend)


def outcome(compiled: Compiled, picks: list[int]) -> str:
    """What a play of replies on offer comes to, in the words of a golden line."""
    play = start(compiled)
    for number, pick in enumerate(picks, 1):
        after = picked(play, pick)
        if after is None:
            return f"no reply {pick} at turn {number}"
        play = after
    result = score(play)
    ending = play.scene if play.finished else "no ending"
    return f"{result.shown} {ending} {'passed' if result.passed else 'failed'}"


def picked(play: Play, pick: int) -> Play | None:
    if pick > len(play.offers):
        return None
    try:
        return choose(play, play.offers[pick - 1].index if pick else 0)
    except NotOnOfferError:
        return None
