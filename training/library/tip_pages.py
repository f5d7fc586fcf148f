"""What the pages of tips show, each read in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select
from sqlalchemy.orm import Session

from training.errors import NotFoundError
from training.library.builds import LessonBuild, read_build
from training.library.cache import cache_for
from training.library.models import Kind
from training.library.queries import Published, as_published
from training.library.tip_statements import FIND_TIP, TIP_PAGE
from training.viewer import Viewer


@dataclass(frozen=True)
class Neighbour:
    """The tip before or after this one."""

    slug: str
    title: str


@dataclass(frozen=True)
class PractiseCard:
    """The call in which a lesson can be practised."""

    slug: str
    title: str
    summary: str
    minutes: int
    portrait: str


@dataclass(frozen=True)
class TipPage:
    """A lesson as one reader sees it. `answered` is the reply they gave first, from 1.

    `talking` is how many people said something under it; 0 for visitors, whose page holds no comments.
    """

    tip: Published
    lesson: LessonBuild
    practise: PractiseCard | None
    older: Neighbour | None
    newer: Neighbour | None
    related: tuple[Neighbour, ...]
    read_at: datetime | None
    answered: int | None
    talking: int


def find_tip(session: Session, slug: str, today: date, viewer: Viewer | None) -> Published:
    """A lesson that this viewer may read; anything else is NotFoundError."""
    row = _first(session, FIND_TIP, slug, today, viewer)
    return as_published(row)


def tip_page(session: Session, slug: str, today: date, viewer: Viewer | None) -> TipPage:
    """A lesson's page in one statement. Its build is part of the row, and parsed the first time only."""
    row = _first(session, TIP_PAGE, slug, today, viewer)
    lesson = lesson_of(session, row.revision_id, row.body)
    card = PractiseCard(row.call_slug, row.call_title, row.call_summary, row.call_minutes, row.call_portrait)
    return TipPage(
        as_published(row),
        lesson,
        card if row.call_title else None,
        _split(row.older),
        _split(row.newer),
        _in_order(row.related, lesson.related),
        row.read_at,
        row.answered,
        row.talking if viewer else 0,
    )


def _first(
    session: Session,
    statements: Mapping[bool, Select[*tuple[Any, ...]]],
    slug: str,
    today: date,
    viewer: Viewer | None,
) -> Row[*tuple[Any, ...]]:
    asked = asked_by(viewer, today) | {"slug": slug}
    row = session.connection().execute(statements[viewer is not None], asked).first()  # columns alone
    if row is None:
        raise NotFoundError
    return row


def asked_by(viewer: Viewer | None, today: date) -> dict[str, Any]:
    """What every statement about tips is given: the day, and for a member who they are."""
    if viewer is None:
        return {"today": today}
    return {"today": today, "person_id": viewer.id, "trains": viewer.is_trainer or viewer.is_admin}


def _in_order(held: str | None, slugs: tuple[str, ...]) -> tuple[Neighbour, ...]:
    """The related tips in the order in which their author named them."""
    found = {one.slug: one for part in (held or "").split("\n\n") if (one := _split(part))}
    return tuple(found[slug] for slug in slugs if slug in found)


def _split(held: str | None) -> Neighbour | None:
    return Neighbour(*held.split("\n", 1)) if held else None


def lesson_of(session: Session, revision_id: int, body: str) -> LessonBuild:
    """A lesson's build from its row: parsed the first time only."""
    cache = cache_for(session)
    build = cache.get(revision_id)
    if build is None:
        build = read_build(Kind.LESSON, revision_id, body)
        cache.keep(revision_id, build)
    if not isinstance(build, LessonBuild):
        raise NotFoundError
    return build
