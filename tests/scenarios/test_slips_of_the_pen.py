"""A trainer's slips: each is noticed, on its line where it can be, or left alone where it does no harm."""

from __future__ import annotations

from collections import Counter
from functools import cache
from random import Random

import pytest

from scenarios import read_scenario
from tests.scenarios.slips import HARMLESS, SLIPS
from tests.scenarios.writing import EXAMPLE, LONG, shipped

ROUNDS = 500 if LONG else 200
BASES = [EXAMPLE, *shipped().values()]


def spoil(kind: str, random: Random) -> tuple[str, str, int] | None:
    """(sound text, spoilt text, the line of the slip), or None where the base offers no place for it."""
    base = random.choice(BASES)
    lines = base.split("\n")
    at = SLIPS[kind](lines, random)
    spoilt = "\n".join(lines)
    return None if at is None or spoilt == base else (base, spoilt, at + 1)


@cache
def codes(base: str) -> Counter[str]:
    return Counter(one.code for one in read_scenario(base).diagnostics)


def judged(kind: str, base: str, spoilt: str, line: int) -> tuple[bool, bool]:
    """(judged rightly, told on the very line)."""
    before = codes(base)
    found = read_scenario(spoilt).diagnostics
    fresh = [one for one in found if before[one.code] < sum(other.code == one.code for other in found)]
    if kind in HARMLESS:
        return not fresh, not fresh
    return bool(fresh), any(one.line == line for one in fresh)


def test_hundreds_of_slips_are_judged_rightly_and_mostly_on_their_line() -> None:
    random = Random(20)
    right = exact = done = 0
    missed: Counter[str] = Counter()
    kinds = sorted(SLIPS)
    while done < ROUNDS:
        kind = kinds[done % len(kinds)] if done < len(kinds) else random.choice(kinds)
        spoilt = spoil(kind, random)
        if spoilt is None:
            continue
        done += 1
        fair, on_line = judged(kind, *spoilt)
        right, exact = right + fair, exact + on_line
        if not fair:
            missed[kind] += 1
    assert len(kinds) >= 25
    assert right >= ROUNDS * 493 / 500, missed
    assert exact >= ROUNDS * 373 / 500, (exact, missed)


@pytest.mark.parametrize("kind", sorted(SLIPS))
def test_each_kind_of_slip_in_the_example_is_judged_rightly(kind: str) -> None:
    random = Random(7)
    lines = EXAMPLE.split("\n")
    at = SLIPS[kind](lines, random)
    assert at is not None
    right, _ = judged(kind, EXAMPLE, "\n".join(lines), at + 1)
    assert right
