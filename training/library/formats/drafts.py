"""What a reader makes of a file: everything a revision and its build are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from scenarios import Diagnostic
from training.library.formats.pictures import Picture
from training.library.models import Kind
from training.rendering import Piece

Rendered = Mapping[Piece, str]


class Body(Protocol):
    """The part of a draft that differs by kind."""

    def pieces(self) -> list[Piece]:
        """Every piece of Markdown that its build needs as HTML."""

    def build(self, html: Rendered) -> dict[str, Any]:
        """What the build holds, as JSON can."""


@dataclass(frozen=True)
class Draft:
    """A file without errors. `refers_to` names what it is about, as "skill/restrain" or "lesson/x"."""

    kind: Kind
    slug: str
    source: str
    title: str
    summary: str
    body: Body
    minutes: int = 0
    tip_on: date | None = None
    author: str = ""
    portrait: str = ""
    topics: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()
    hidden: bool = False
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class DraftReading:
    """One file read: its draft, None where an error stops it, and all that was found."""

    path: str
    draft: Draft | None
    diagnostics: tuple[Diagnostic, ...]
    decisions: Mapping[str, int]
