"""What other features have in the studio: a link on its first page, with how much waits there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app


@dataclass(frozen=True)
class StudioPlace:
    """`waiting`: how much there is to do there; 0 where nothing waits, or nothing can."""

    label: str
    url: str
    waiting: int = 0


StudioPlaces = Callable[[], StudioPlace]


def add_studio_place(app: Flask, place: StudioPlaces) -> None:
    """Have `place` asked, in a request, for a link on the studio's first page."""
    app.extensions.setdefault("studio_places", []).append(place)


def studio_places() -> list[StudioPlace]:
    found = cast("list[StudioPlaces]", current_app.extensions.get("studio_places", []))
    return [place() for place in found]
