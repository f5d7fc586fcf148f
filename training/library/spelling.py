"""How near a word that somebody typed is to a word of a title. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LONG = 5
EXACT, BEGINS, NEAR = 1.0, 0.8, 0.6
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text in small letters without their accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(one for one in plain if not unicodedata.combining(one)))


def title_score(asked: Sequence[str], title: str) -> float:
    """How well a title answers `asked`: 0 for not at all, 1 where each asked word stands in it."""
    there = words_of(title)
    total = sum(len(word) for word in asked)
    if not total:
        return 0.0
    return sum(len(word) * _best(word, there) for word in asked) / total


def _best(word: str, there: Sequence[str]) -> float:
    if word in there:
        return EXACT
    if len(word) > 2 and any(one.startswith(word) for one in there):
        return BEGINS
    return NEAR if any(len(one) >= LONG and one_slip_apart(word, one) for one in there) else 0.0


def one_slip_apart(one: str, other: str) -> bool:
    """Whether one slip makes one word of the other: a letter wrong, missing, too many, or two swapped."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    at = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return swapped or one[at + 1 :] == other[at + 1 :]
