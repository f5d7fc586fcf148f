"""Who is looking: the little that every page and every finder needs to know of a signed-in person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from training.errors import NotFoundError


@dataclass(frozen=True)
class Viewer:
    """A signed-in person, as read with their session in one statement.

    `leads` is true for somebody who leads or trains at least one team now: they see others' results. What
    exactly they may see of a thing is decided by the function that loads it, never from this alone.
    `chosen` is what they chose for themselves, as it is stored; `accounts.preferences` reads it.
    """

    id: int
    public_id: str
    name: str
    is_trainer: bool
    is_admin: bool
    leads: bool
    session_id: int
    is_shared_computer: bool
    is_authenticated: Literal[True] = True
    chosen: Mapping[str, Any] = field(default_factory=dict)

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.name

    def get_id(self) -> str:
        """Flask-Login asks for it; nothing is ever stored under it."""
        return self.public_id

    def require(self, allowed: bool) -> None:
        """Not yours and not there look alike."""
        if not allowed:
            raise NotFoundError
