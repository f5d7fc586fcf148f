"""What the pages of tips show, each read in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from training.accounts.participant import Participant
from training.errors import NotFoundError
from training.library.builds import FORMAT, LessonBuild, read_build
from training.library.cache import cache_for
from training.library.models import Completion, Item, Kind, Publication, RevisionBuild
from training.library.queries import Published, as_published, published
from training.library.rules import ANSWER, READ
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
    """A lesson as one reader sees it. `answered` is the reply they gave first, from 1."""

    tip: Published
    lesson: LessonBuild
    practise: PractiseCard | None
    older: Neighbour | None
    newer: Neighbour | None
    related: tuple[Neighbour, ...]
    read_at: datetime | None
    answered: int | None


def may_read(today: date, viewer: Viewer | None) -> ColumnElement[bool]:
    """In SQL: tips whose date has come are for everybody; members also read what a live module lists."""
    come = Publication.tip_on <= today
    if viewer is None:
        return come
    item, module = aliased(Item), aliased(Publication)
    lists = (
        select(module.id)
        .join(item, item.id == module.item_id)
        .where(
            item.kind == Kind.MODULE,
            module.ended_at.is_(None),
            module.refers_to.like(literal("% lesson/").concat(Item.slug).concat(" %")),
        )
        .correlate(Item)
    )
    return or_(come, lists.exists())


def find_tip(session: Session, slug: str, today: date, viewer: Viewer | None) -> Published:
    """A lesson that this viewer may read; anything else is NotFoundError."""
    query = published().where(Item.kind == Kind.LESSON, Item.slug == slug, may_read(today, viewer))
    row = session.execute(query).first()
    if row is None:
        raise NotFoundError
    return as_published(row)


def tip_page(session: Session, slug: str, today: date, viewer: Viewer | None) -> TipPage:
    """A lesson's page in one statement. Its build is part of the row, and parsed the first time only."""
    call, call_item = aliased(Publication), aliased(Item)
    names_it = Publication.refers_to.like(literal("% scenario/").concat(call_item.slug).concat(" %"))
    query = (
        published()
        .add_columns(
            RevisionBuild.body,
            call_item.slug.label("call_slug"),
            call.title.label("call_title"),
            call.summary.label("call_summary"),
            call.minutes.label("call_minutes"),
            call.portrait.label("call_portrait"),
            _neighbour(today, older=True).label("older"),
            _neighbour(today, older=False).label("newer"),
            _related(today).label("related"),
            *own_columns(viewer),
        )
        .join(
            RevisionBuild,
            and_(RevisionBuild.revision_id == Publication.revision_id, RevisionBuild.format == FORMAT),
        )
        .outerjoin(call_item, and_(call_item.kind == Kind.SCENARIO, names_it))
        .outerjoin(call, and_(call.item_id == call_item.id, call.ended_at.is_(None)))
        .where(Item.kind == Kind.LESSON, Item.slug == slug, may_read(today, viewer))
    )
    row = session.execute(query).first()
    if row is None:
        raise NotFoundError
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
    )


def own_columns(viewer: Viewer | None) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The reader's own columns: when they read the lesson, and which reply they gave."""
    if viewer is None:
        return literal(None).label("read_at"), literal(None).label("answered")

    def mine(column: ColumnElement[Any], how: str) -> ScalarSelect[Any]:
        query = (
            select(column)
            .join(Participant, Participant.id == Completion.participant_id)
            .where(Completion.item_id == Item.id, Completion.how == how, Participant.person_id == viewer.id)
        )
        return query.correlate(Item).scalar_subquery()

    read_at = mine(Completion.completed_at, READ)  # type: ignore[arg-type]  # an attribute is a column expression
    answered = mine(Completion.reply, ANSWER)  # type: ignore[arg-type]  # the same
    return read_at.label("read_at"), answered.label("answered")


def _neighbour(today: date, *, older: bool) -> ScalarSelect[str]:
    """Slug and title, a line each, of the tip next to the outer row's by date."""
    item, beside = aliased(Item), aliased(Publication)
    if older:
        on_that_side = or_(
            beside.tip_on < Publication.tip_on,
            and_(beside.tip_on == Publication.tip_on, item.slug > Item.slug),
        )
        nearest = (beside.tip_on.desc(), item.slug.asc())
    else:
        on_that_side = or_(
            beside.tip_on > Publication.tip_on,
            and_(beside.tip_on == Publication.tip_on, item.slug < Item.slug),
        )
        nearest = (beside.tip_on.asc(), item.slug.desc())
    query = (
        select(item.slug.concat("\n").concat(beside.title))
        .join(beside, beside.item_id == item.id)
        .where(item.kind == Kind.LESSON, beside.ended_at.is_(None), beside.tip_on <= today, on_that_side)
        .order_by(*nearest)
        .limit(1)
    )
    return query.correlate(Item, Publication).scalar_subquery()


def _related(today: date) -> ScalarSelect[str]:
    """Slug and title of each tip that the outer row refers to and that has come, two line ends between."""
    item, beside = aliased(Item), aliased(Publication)
    query = (
        select(func.aggregate_strings(item.slug.concat("\n").concat(beside.title), "\n\n"))
        .join(beside, beside.item_id == item.id)
        .where(
            item.kind == Kind.LESSON,
            beside.ended_at.is_(None),
            beside.tip_on <= today,
            Publication.refers_to.like(literal("% lesson/").concat(item.slug).concat(" %")),
        )
    )
    return query.correlate(Item, Publication).scalar_subquery()


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
