"""Parts that features above add to a team's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from training.teams.queries import TeamSeen


@dataclass(frozen=True)
class TeamPart:
    """A section of a team's page: a template that is included, and the values it finds as `part`."""

    template: str
    values: Mapping[str, object]


def add_team_part(app: Flask, part: Callable[[TeamSeen], TeamPart]) -> None:
    """Show what `part` gives, for the team as its viewer may have it, on the team's page."""
    cast("list[Callable[[TeamSeen], TeamPart]]", app.extensions.setdefault("team_parts", [])).append(part)


def team_parts(team: TeamSeen) -> list[TeamPart]:
    """Every part, for this viewer."""
    found = cast("list[Callable[[TeamSeen], TeamPart]]", current_app.extensions.get("team_parts", []))
    return [part(team) for part in found]
