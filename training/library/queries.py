"""What is published, and the builds that pages are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from training.errors import NotFoundError, UnavailableError
from training.library.builds import (
    FORMAT,
    Build,
    LessonBuild,
    ModuleBuild,
    ModuleEntry,
    ScenarioBuild,
    SkillBuild,
    read_build,
)
from training.library.cache import cache_for
from training.library.models import Item, Kind, Publication, RevisionBuild

__all__ = [
    "LessonBuild",
    "ModuleBuild",
    "ModuleEntry",
    "Published",
    "ScenarioBuild",
    "SkillBuild",
    "find_published",
    "list_published",
    "load_lesson",
    "load_module",
    "load_scenario",
    "load_skill",
]
_Some = TypeVar("_Some", bound=Build)


@dataclass(frozen=True)
class Published:
    """An item that is live, as lists show it. `minutes` is 0 where nobody said."""

    item_id: int
    revision_id: int
    kind: Kind
    slug: str
    title: str
    summary: str
    minutes: int
    tip_on: date | None
    published_at: datetime
    portrait: str
    topics: tuple[str, ...]
    refers_to: tuple[str, ...]


def published() -> Select[*tuple[Any, ...]]:
    """The columns of `Published`, of everything that is live. Read rows with `as_published`."""
    query: Select[*tuple[Any, ...]] = (
        select(
            Item.id.label("item_id"),
            Publication.revision_id,
            Item.kind,
            Item.slug,
            Publication.title,
            Publication.summary,
            Publication.minutes,
            Publication.tip_on,
            Publication.published_at,
            Publication.portrait,
            Publication.topics,
            Publication.refers_to,
        )
        .join(Publication, Publication.item_id == Item.id)
        .where(Publication.ended_at.is_(None))
    )
    return query


def as_published(row: Row[*tuple[Any, ...]]) -> Published:
    return Published(
        row.item_id,
        row.revision_id,
        Kind(row.kind),
        row.slug,
        row.title,
        row.summary,
        row.minutes,
        row.tip_on,
        row.published_at,
        row.portrait,
        tuple(row.topics.strip("|").split("|")) if row.topics else (),
        tuple(row.refers_to.split()),
    )


_OF_KIND = published().where(Item.kind == bindparam("kind"))
_FIND = _OF_KIND.where(Item.slug == bindparam("slug"))
_LIST = _OF_KIND.order_by(Publication.title, Item.slug)
_BODY = select(RevisionBuild.body).where(
    RevisionBuild.revision_id == bindparam("revision_id"), RevisionBuild.format == FORMAT
)


def find_published(session: Session, kind: Kind, slug: str) -> Published:
    """The live item of that address; NotFoundError where there is none, or no longer."""
    row = session.connection().execute(_FIND, {"kind": kind, "slug": slug}).first()  # columns alone
    if row is None:
        raise NotFoundError
    return as_published(row)


def list_published(session: Session, kind: Kind) -> list[Published]:
    """All live items of a kind: lessons by date, newest first, then by title."""
    found = [as_published(row) for row in session.execute(_LIST, {"kind": kind})]
    return (
        sorted(found, key=lambda one: one.tip_on or date.min, reverse=True) if kind is Kind.LESSON else found
    )


def load_scenario(session: Session, revision_id: int) -> ScenarioBuild:
    """A revision's compiled call; one statement the first time, none after."""
    return _load(session, Kind.SCENARIO, revision_id, ScenarioBuild)


def find_scenario(session: Session, revision_id: int) -> ScenarioBuild | None:
    """The same; None where this release has no build of it (until the import, or for good where it is refused
    by now). For pages that are about more than this one call.
    """
    try:
        return load_scenario(session, revision_id)
    except UnavailableError:
        return None


def load_lesson(session: Session, revision_id: int) -> LessonBuild:
    return _load(session, Kind.LESSON, revision_id, LessonBuild)


def load_module(session: Session, revision_id: int) -> ModuleBuild:
    return _load(session, Kind.MODULE, revision_id, ModuleBuild)


def load_skill(session: Session, revision_id: int) -> SkillBuild:
    return _load(session, Kind.SKILL, revision_id, SkillBuild)


def _load(session: Session, kind: Kind, revision_id: int, wanted: type[_Some]) -> _Some:
    cache = cache_for(session)
    build = cache.get(revision_id)
    if build is None:
        body = session.execute(_BODY, {"revision_id": revision_id}).scalar()
        if body is None:
            raise UnavailableError  # a new release whose `flask content import` has not run yet
        build = read_build(kind, revision_id, body)
        cache.keep(revision_id, build)
    if not isinstance(build, wanted):
        raise NotFoundError
    return build


def title_of(session: Session, revision_id: int) -> str:
    """What a revision was called when it was last published: it need not be any more."""
    titles = select(Publication.title).where(Publication.revision_id == revision_id)
    return session.scalars(titles.order_by(Publication.id.desc()).limit(1)).one()
