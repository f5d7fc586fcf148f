"""How votes become figures, which decision divides a team, and what a join code looks like. Pure."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

# A figure needs so many people behind it, and is shown in steps of as many.
ENOUGH = 5
OPEN_FOR = timedelta(hours=4)
# More than any room holds, and a bound on what one huddle can cost.
MOST_VOTES = 300
LONGEST_NOTE = 600
# What can hardly be misread or misheard: 29 signs, six of them are 29 bits behind a throttle.
_ALPHABET = "23456789abcdefghjkmnpqrtuvwxy"
_LENGTH = 6


def new_code() -> str:
    """A code for phones: read out or copied from a screen."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def clean_code(typed: str) -> str:
    """A code as it is kept, however it was spaced or written; "" where it cannot be one."""
    code = re.sub(r"[\s-]+", "", typed).lower()
    return code if len(code) == _LENGTH and set(code) <= set(_ALPHABET) else ""


def spaced_code(code: str) -> str:
    """A code as it is shown: two groups of three."""
    return f"{code[:3]} {code[3:]}"


@dataclass(frozen=True)
class Shares:
    """How a room decided. `fifths` by reply add up to five; None where there are too few to show.

    `voted` and `hands` are whole counts, which may always be shown.
    """

    voted: int
    hands: int
    fifths: Mapping[int, int] | None

    @property
    def people(self) -> int:
        return self.voted + self.hands


def shares_of(phones: Mapping[int, int], hands: Mapping[int, int]) -> Shares:
    """What may be shown of the votes and of the hands counted, by the rule of five.

    Each way needs five people of its own: hands were seen in the room, so four hands and one vote would tell
    whose vote that was.
    """
    told: Counter[int] = Counter()
    for way in (phones, hands):
        if sum(way.values()) >= ENOUGH:
            told.update(way)
    voted, raised = sum(phones.values()), sum(hands.values())
    return Shares(voted, raised, fifths_of(told) if told else None)


def fifths_of(counts: Mapping[int, int]) -> dict[int, int]:
    """The counts as fifths that add up to five, by largest remainder; of equals, who has fewer first.

    A figure in fifths hardly ever tells one vote more or less from none.
    """
    total = sum(counts.values())
    fifths = {key: ENOUGH * count // total for key, count in counts.items()}
    rest = {key: ENOUGH * count % total for key, count in counts.items()}
    for key in sorted(counts, key=lambda one: (-rest[one], fifths[one], one))[
        : ENOUGH - sum(fifths.values())
    ]:
        fifths[key] += 1
    return fifths


def division(chosen: Sequence[int]) -> float:
    """How divided people are: the chance that two drawn at random chose differently, 0 to below 1."""
    total = len(chosen)
    if total == 0:
        return 0.0
    return 1 - sum((count / total) ** 2 for count in Counter(chosen).values())


def question_for(bands: Mapping[int, str], shares: Shares | None) -> str:
    """Which question is worth the room's minutes: agreed, tempted, divided, or open where nothing is told."""
    if shares is None or shares.fifths is None:
        return "open"
    most = max(shares.fifths, key=lambda reply: (shares.fifths or {})[reply])
    if shares.fifths[most] < 3:
        return "divided"
    return "agreed" if bands.get(most) == "strong" else "tempted"
