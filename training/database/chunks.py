"""Long lists in pieces that a statement can hold."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
# SQLite takes 32,766 values in a statement, PostgreSQL's driver 65,535.
AT_ONCE = 5_000


def chunks(items: Sequence[Item], size: int = AT_ONCE) -> Iterator[Sequence[Item]]:
    """`items` in their order, at most `size` at a time; none where there are none."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
