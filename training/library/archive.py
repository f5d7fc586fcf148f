"""The archive of tips: newest first, ten a page, by topic, by skill, by year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Date, Select, String, bindparam, func, literal, select
from sqlalchemy.orm import Session, aliased

from training.errors import NotFoundError
from training.library.discussion.counting import comments_said, newest_comment_at
from training.library.models import Item, Kind, Publication
from training.library.queries import Published, as_published, published
from training.library.rules import skills_in
from training.library.search import search_tips
from training.library.tip_pages import asked_by
from training.library.tip_statements import TODAY, holds, own_columns, refers
from training.viewer import Viewer

PAGE = 10


def _rows(*, member: bool) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        published()
        .add_columns(*own_columns(member=member), *_talk(member=member))
        .where(Item.kind == Kind.LESSON, Publication.tip_on <= TODAY)
    )
    return query


def _talk(*, member: bool) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    if not member:
        return literal(0).label("comments"), literal(None).label("newest_comment_at")
    return comments_said().label("comments"), newest_comment_at().label("newest_comment_at")


@cache
def _listing(*, member: bool, topic: bool, skill: bool, year: bool) -> Select[*tuple[Any, ...]]:
    """The statement of one page of the archive, by what it is narrowed down by. Built once each."""
    query = _rows(member=member).add_columns(func.count().over().label("total"))
    if topic:
        name = literal("|").concat(bindparam("topic", type_=String())).concat("|")
        query = query.where(holds(Publication.topics, name))
    if skill:
        query = query.where(refers(Publication, Kind.SKILL, bindparam("skill", type_=String())))
    if year:
        query = query.where(
            Publication.tip_on.between(bindparam("begins", type_=Date()), bindparam("ends", type_=Date()))
        )
    return query.order_by(Publication.tip_on.desc(), Item.slug).limit(PAGE).offset(bindparam("first"))


def _facets() -> CompoundSelect[*tuple[Any, ...]]:
    """What every tip is about, and the names of the skills: `skill` tells which a row is."""
    skill, skill_item = aliased(Publication), aliased(Item)
    tips = select(
        literal("").label("skill"),
        Publication.title,
        Publication.topics,
        Publication.refers_to,
        Publication.tip_on,
    ).join(Item, Item.id == Publication.item_id)
    skills = (
        select(skill_item.slug, skill.title, skill.topics, skill.refers_to, skill.tip_on)
        .join(skill_item, skill_item.id == skill.item_id)
        .where(skill_item.kind == Kind.SKILL, skill.ended_at.is_(None))
    )
    held = tips.where(Item.kind == Kind.LESSON, Publication.ended_at.is_(None), Publication.tip_on <= TODAY)
    return held.union_all(skills)


_FACETS = _facets()
_THESE = {
    member: _rows(member=member).where(Item.id.in_(bindparam("item_ids", expanding=True)))
    for member in (False, True)
}


@dataclass(frozen=True)
class Choice:
    """What a reader narrowed the archive down to; an empty part narrows nothing. `q` are words to find."""

    q: str = ""
    topic: str = ""
    skill: str = ""
    year: str = ""

    @property
    def narrows(self) -> bool:
        return bool(self.q or self.topic or self.skill or self.year)


@dataclass(frozen=True)
class Facet:
    """One way to narrow the archive down: what its address says, its words, how many tips it holds."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Facets:
    """Every way there is. Topics and skills in alphabetical order, years newest first."""

    topics: tuple[Facet, ...]
    skills: tuple[Facet, ...]
    years: tuple[Facet, ...]

    def label(self, choice: Choice) -> str:
        """What the reader chose, in words; a value that nothing has stands for itself."""
        pairs = ((choice.topic, self.topics), (choice.skill, self.skills), (choice.year, self.years))
        labels = [
            next((one.label for one in facets if one.value == value), value)
            for value, facets in pairs
            if value
        ]
        return ", ".join(labels)


@dataclass(frozen=True)
class TipRow:
    """A lesson in the archive, and for members what is said under it."""

    tip: Published
    is_done: bool
    comments: int
    newest_comment_at: datetime | None


@dataclass(frozen=True)
class TipList:
    """One page of the archive, and how many tips there are in all."""

    rows: tuple[TipRow, ...]
    total: int


def list_tips(
    session: Session, today: date, viewer: Viewer | None, page: int, choice: Choice | None = None
) -> TipList:
    """The archive's page `page`, newest first: tips whose date has come, as `choice` narrows them down.

    Where words are looked for, the tips that answer them, best first.
    """
    if choice and choice.q:
        return _found_tips(session, today, viewer, page, choice.q)
    choice = choice or Choice()
    query = _listing(
        member=viewer is not None, topic=bool(choice.topic), skill=bool(choice.skill), year=bool(choice.year)
    )
    first = (page - 1) * PAGE
    rows = list(session.execute(query, asked_by(viewer, today) | _asked(choice) | {"first": first}))
    if not rows and page > 1:
        raise NotFoundError
    return TipList(tuple(_row(row) for row in rows), rows[0].total if rows else 0)


def list_facets(session: Session, today: date) -> Facets:
    """The ways to narrow the archive down, in one statement: no build is read."""
    titles: dict[str, str] = {}
    topics, about, years = Counter[str](), Counter[str](), Counter[str]()
    for slug, title, topic_text, refers_to, tip_on in session.execute(_FACETS, {"today": today}):
        if slug:
            titles[slug] = title
            continue
        topics.update(topic_text.strip("|").split("|") if topic_text else ())
        about.update(skills_in(refers_to.split()))
        years.update([str(tip_on.year)] if tip_on else ())
    named = sorted(
        (Facet(slug, titles.get(slug, slug), count) for slug, count in about.items()), key=_by_label
    )
    return Facets(
        tuple(sorted((Facet(name, name, count) for name, count in topics.items()), key=_by_label)),
        tuple(named),
        tuple(Facet(year, year, count) for year, count in sorted(years.items(), reverse=True)),
    )


def _found_tips(session: Session, today: date, viewer: Viewer | None, page: int, asked: str) -> TipList:
    ids = search_tips(session, asked, today)
    shown = ids[(page - 1) * PAGE : page * PAGE]
    if not shown and page > 1:
        raise NotFoundError
    asked_for = asked_by(viewer, today) | {"item_ids": shown}
    rows = session.execute(_THESE[viewer is not None], asked_for) if shown else ()
    found = {row.item_id: _row(row) for row in rows}
    return TipList(tuple(found[item_id] for item_id in shown if item_id in found), len(ids))


def _by_label(facet: Facet) -> str:
    return facet.label.casefold()


def _row(row: Any) -> TipRow:
    return TipRow(as_published(row), bool(row.read_at or row.answered), row.comments, row.newest_comment_at)


def _asked(choice: Choice) -> dict[str, Any]:
    asked: dict[str, Any] = {"topic": choice.topic, "skill": choice.skill}
    if choice.year:
        year = int(choice.year)
        asked |= {"begins": date(year, 1, 1), "ends": date(year, 12, 31)}
    return asked
