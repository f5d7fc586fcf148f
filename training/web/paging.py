"""Long lists in pages with real links."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

from training.errors import NotFoundError

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list. `number` counts from 1; `last` is at least 1."""

    items: Sequence[Item]
    number: int
    last: int

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None


def page_number() -> int:
    """`?page=` of the request: 1 where it is missing, 404 where it is not a page."""
    text = request.args.get("page", "1")
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) > 0):
        raise NotFoundError
    return int(text)


def page_of(items: Sequence[Item], number: int, size: int) -> Page[Item]:
    """A page of a list that is held whole; NotFoundError past its end."""
    last = pages_of(len(items), size)
    if number > last:
        raise NotFoundError
    return Page(items[(number - 1) * size : number * size], number, last)


def pages_of(total: int, size: int) -> int:
    """How many pages of `size` hold `total` items; an empty list has one, empty, page."""
    return max(1, -(-total // size))
