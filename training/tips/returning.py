"""What a feature above puts into somebody's weekly mail: a decision that came back to them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Flask
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Again:
    """A decision that came back: the lesson's revision, and the secret of the link that answers it."""

    revision_id: int
    secret: str


# Of some people, by their ids: what waits for each, one decision at most.
FindAgain = Callable[[Session, Collection[int], datetime], Mapping[int, Again]]


def nothing_returns(_session: Session, _people: Collection[int], _at: datetime) -> Mapping[int, Again]:
    return {}


def set_returning(app: Flask, find: FindAgain) -> None:
    """Have the weekly mail of those who wish it carry what `find` finds for them."""
    app.extensions["tips_returning"] = find


def returning_of(app: Flask) -> FindAgain:
    return cast("FindAgain", app.extensions.get("tips_returning", nothing_returns))
