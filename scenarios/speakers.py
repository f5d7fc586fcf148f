"""Who speaks in a scenario: names that lost their mark, and names that are probably slips of the pen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scenarios.diagnostics import Problems, quoted
from scenarios.slugs import closest, fold
from scenarios.voices import PLAIN_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scenarios.document import Line, Where


class Speakers:
    """The names heard so far; the customer's and the player's first names are known from the start."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.heard: dict[str, list[Where]] = {}
        self.shown: dict[str, str] = {}
        self.cast = {fold(first_word(values.get(name))) for name in ("customer", "you")} - {""}

    def knows(self, name: str) -> bool:
        return fold(name) in self.cast or fold(name) == "coach" or fold(name) in self.heard

    def hear(self, line: Line, problems: Problems) -> None:
        if line.speaker:
            key = fold(line.speaker)
            self.heard.setdefault(key, []).append(line.where)
            self.shown.setdefault(key, line.speaker)
        elif (found := PLAIN_NAME.match(line.text)) and self.knows(found["name"]):
            fault = f"{quoted(line.text)} is told, though it looks said."
            mend = f"Write > **{found['name']}:** before the words."
            problems.add("S132", line.where, fault, mend)

    def check(self, problems: Problems) -> None:
        """Report a name heard once that is much like one heard more often, or like the cast's."""
        for key, places in self.heard.items():
            if len(places) > 1 or key in self.cast or key == "coach":
                continue
            others = {other for other, heard in self.heard.items() if len(heard) > 1 and other != key}
            near = closest(key, others | self.cast | {"coach"})
            if near and abs(len(near) - len(key)) <= 2 and similar(near, key):
                name = self.shown.get(near, near.capitalize())
                fault = f"{quoted(self.shown[key])} is heard only here."
                problems.add("S206", places[0], fault, f'Did you mean "{name}"?')


def similar(one: str, other: str) -> bool:
    """Whether two names have nearly the same letters: a slip, and not two people."""
    spare = list(other)
    missing = 0
    for letter in one:
        if letter in spare:
            spare.remove(letter)
        else:
            missing += 1
    return missing <= 1 and len(spare) <= 1 and min(len(one), len(other)) >= 3


def first_word(value: object) -> str:
    words = re.split(r"[\s,]+", str(value or "").strip())
    return words[0]
