"""The rule of five: five people or more stand behind a figure, and it changes five at a time. Pure."""

from collections.abc import Sequence
from typing import TypeVar

FIVE = 5
_One = TypeVar("_One")


def whole_fives(first_come: Sequence[_One]) -> Sequence[_One]:
    """The whole fives of these, the first to come first; none below five.

    Until five more have come nothing changes, and then five are added at once: what one of them did cannot be
    read off the difference.
    """
    return first_come[: len(first_come) // FIVE * FIVE]


def in_fives(count: int, of: int) -> int:
    """`count` of `of` in percent, to the nearest five, half up."""
    return (2 * count * 100 + FIVE * of) // (2 * FIVE * of) * FIVE
