"""A discussion as one member sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from training.accounts.models import Person
from training.errors import NotFoundError
from training.library.discussion.counting import is_hidden, is_removed
from training.library.discussion.linking import as_html
from training.library.discussion.models import Comment, CommentHiding, CommentRemoval
from training.library.discussion.rules import is_editable, moderates
from training.library.models import Item, Publication
from training.library.queries import Published
from training.library.tip_pages import find_tip
from training.viewer import Viewer

PAGE = 20


@dataclass(frozen=True)
class CommentSeen:
    """A comment as this viewer sees it. `author` is "" for somebody who is no longer here.

    `text` and `html` are "" where the viewer may not read it, which only its replies keep on the page.
    """

    public_id: str
    author: str
    is_mine: bool
    text: str
    html: Markup
    posted_at: datetime
    edited_at: datetime | None
    is_removed: bool
    hidden_at: datetime | None
    hidden_by: str
    may_edit: bool
    may_hide: bool

    @property
    def is_readable(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class Thread:
    """A comment, with what was said to it, oldest first."""

    head: CommentSeen
    replies: tuple[CommentSeen, ...]


@dataclass(frozen=True)
class ThreadList:
    """One page of a lesson's discussion, newest thread first."""

    threads: tuple[Thread, ...]
    total: int


@dataclass(frozen=True)
class FoundComment:
    """One comment with the lesson it stands under, both of which the viewer may read."""

    id: int
    head_id: int
    tip: Published
    seen: CommentSeen


@dataclass(frozen=True)
class ModeratedComment:
    """One line of the trainers' list."""

    slug: str
    title: str
    seen: CommentSeen


def _may_read(comment: type[Comment]) -> ColumnElement[bool]:
    """In SQL: not taken back, and not hidden but from its author and those who moderate."""
    own = comment.person_id == bindparam("person_id", type_=Integer())
    return ~is_removed(comment) & or_(~is_hidden(comment), own, bindparam("moderates", type_=Boolean()))


def _comments() -> Select[*tuple[Any, ...]]:
    hider = aliased(Person)
    query: Select[*tuple[Any, ...]] = (
        select(
            Comment.id,
            Comment.public_id,
            Comment.answers_id,
            Comment.person_id,
            Comment.text,
            Comment.posted_at,
            Comment.edited_at,
            Person.name.label("author"),
            CommentRemoval.removed_at,
            CommentHiding.hidden_at,
            hider.name.label("hidden_by"),
        )
        .outerjoin(Person, Person.id == Comment.person_id)
        .outerjoin(CommentRemoval, CommentRemoval.comment_id == Comment.id)
        .outerjoin(CommentHiding, (CommentHiding.comment_id == Comment.id) & CommentHiding.shown_at.is_(None))
        .outerjoin(hider, hider.id == CommentHiding.hidden_by_id)
    )
    return query


def _heads() -> Select[*tuple[Any, ...]]:
    """Comments that answer none and can be read, or have an answer that can."""
    reply = aliased(Comment)
    has_replies = select(literal(1)).where(reply.answers_id == Comment.id, _may_read(reply)).exists()
    return (
        _comments()
        .add_columns(func.count().over().label("total"))
        .where(
            Comment.item_id == bindparam("item_id", type_=Integer()),
            Comment.answers_id.is_(None),
            or_(_may_read(Comment), has_replies.correlate(Comment)),
        )
        .order_by(Comment.id.desc())
    )


_HEADS = _heads()
_PAGE = _HEADS.limit(PAGE).offset(bindparam("first", type_=Integer()))
_NEWER = select(func.count()).select_from(
    _HEADS.where(Comment.id > bindparam("head_id", type_=Integer())).order_by(None).subquery()
)
_REPLIES = (
    _comments()
    .where(Comment.answers_id.in_(bindparam("head_ids", expanding=True)), _may_read(Comment))
    .order_by(Comment.id)
)
_ONE = (
    _comments()
    .add_columns(Item.slug)
    .join(Item, Item.id == Comment.item_id)
    .where(Comment.public_id == bindparam("public_id", type_=String()), _may_read(Comment))
)
_LATEST = (
    _comments()
    .add_columns(Item.slug, Publication.title, func.count().over().label("total"))
    .join(Item, Item.id == Comment.item_id)
    .outerjoin(Publication, (Publication.item_id == Item.id) & Publication.ended_at.is_(None))
    .where(~is_removed(Comment))
    .order_by(Comment.id.desc())
    .limit(PAGE)
    .offset(bindparam("first", type_=Integer()))
)


def list_threads(session: Session, item_id: int, viewer: Viewer, page: int, at: datetime) -> ThreadList:
    """A page of the discussion under a lesson, in two statements. NotFoundError past its end."""
    asked = _asked(viewer) | {"item_id": item_id, "first": (page - 1) * PAGE}
    heads = session.execute(_PAGE, asked).all()
    if not heads and page > 1:
        raise NotFoundError
    replies: dict[int, list[CommentSeen]] = {}
    if heads:
        for row in session.execute(_REPLIES, _asked(viewer) | {"head_ids": [head.id for head in heads]}):
            replies.setdefault(row.answers_id, []).append(_seen(row, viewer, at))
    return ThreadList(
        tuple(Thread(_seen(head, viewer, at), tuple(replies.get(head.id, ()))) for head in heads),
        heads[0].total if heads else 0,
    )


def find_comment(session: Session, public_id: str, viewer: Viewer, today: date, at: datetime) -> FoundComment:
    """A comment that this viewer may read, under a lesson that they may read; else NotFoundError."""
    row = session.execute(_ONE, _asked(viewer) | {"public_id": public_id}).first()
    if row is None:
        raise NotFoundError
    tip = find_tip(session, row.slug, today, viewer)
    return FoundComment(row.id, row.answers_id or row.id, tip, _seen(row, viewer, at))


def page_of_comment(session: Session, found: FoundComment, viewer: Viewer) -> int:
    """On which page of its discussion a comment stands, from 1."""
    asked = _asked(viewer) | {"item_id": found.tip.item_id, "head_id": found.head_id}
    return int(session.execute(_NEWER, asked).scalar_one()) // PAGE + 1


def list_latest(
    session: Session, viewer: Viewer, page: int, at: datetime
) -> tuple[list[ModeratedComment], int]:
    """What was said last, whatever it is about, for those who moderate; and how much there is in all."""
    rows = session.execute(_LATEST, {"first": (page - 1) * PAGE}).all()
    if not rows and page > 1:
        raise NotFoundError
    found = [ModeratedComment(row.slug, row.title or "", _seen(row, viewer, at)) for row in rows]
    return found, rows[0].total if rows else 0


def _asked(viewer: Viewer) -> dict[str, Any]:
    return {"person_id": viewer.id, "moderates": moderates(viewer)}


def _seen(row: Row[*tuple[Any, ...]], viewer: Viewer, at: datetime) -> CommentSeen:
    is_mine = row.person_id == viewer.id
    gone = row.removed_at is not None
    readable = not gone and (row.hidden_at is None or is_mine or moderates(viewer))
    text = row.text if readable else ""
    return CommentSeen(
        row.public_id,
        row.author or "",
        is_mine,
        text,
        as_html(text),
        row.posted_at,
        row.edited_at,
        gone,
        row.hidden_at,
        row.hidden_by or "",
        may_edit=is_mine and readable and row.hidden_at is None and is_editable(row.posted_at, at),
        may_hide=not gone and moderates(viewer),
    )
