"""A member's own feed of new comments: made and ended by them, read by whoever holds its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy import Integer, bindparam, select, update
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.accounts.sessions import hash_of, new_secret
from training.accounts.tokens import MAX_LENGTH, SpentTokenError
from training.library.discussion.counting import is_hidden, is_removed
from training.library.discussion.linking import as_html
from training.library.discussion.models import Comment, CommentFeed
from training.library.models import Item, Publication
from training.library.tip_statements import may_read

MOST = 50
_NEWEST = (
    select(
        Comment.public_id,
        Comment.text,
        Comment.posted_at,
        Comment.edited_at,
        Person.name.label("author"),
        Publication.title,
    )
    .join(Item, Item.id == Comment.item_id)
    .join(Publication, (Publication.item_id == Item.id) & Publication.ended_at.is_(None))
    .outerjoin(Person, Person.id == Comment.person_id)
    .where(~is_removed(Comment), ~is_hidden(Comment), may_read(member=True))
    .order_by(Comment.id.desc())
    .limit(MOST)
)
_MADE_AT = select(CommentFeed.made_at).where(
    CommentFeed.person_id == bindparam("person_id", type_=Integer()), CommentFeed.ended_at.is_(None)
)


@dataclass(frozen=True)
class FeedComment:
    """A comment for a feed reader. `author` is "" for somebody who is no longer here."""

    public_id: str
    author: str
    title: str
    text: str
    html: Markup
    posted_at: datetime
    edited_at: datetime | None


def feed_made_at(session: Session, person_id: int) -> datetime | None:
    """Since when the person's feed has its address; None where they have none."""
    return session.execute(_MADE_AT, {"person_id": person_id}).scalar()


def make_feed(session: Session, person_id: int, at: datetime) -> str:
    """Give the person a new address, and end the one they had; returns its secret, kept nowhere."""
    end_feed(session, person_id, at)
    secret = new_secret()
    session.add(CommentFeed(person_id=person_id, token_hash=hash_of(secret), made_at=at))
    session.flush()
    return secret


def end_feed(session: Session, person_id: int, at: datetime) -> None:
    """Let the person's address lead nowhere from now on."""
    session.execute(
        update(CommentFeed)
        .where(CommentFeed.person_id == person_id, CommentFeed.ended_at.is_(None))
        .values(ended_at=at)
    )


def read_feed(session: Session, secret: str, today: date) -> list[FeedComment]:
    """The newest comments, for whoever holds a live address of a person who may sign in.

    Any other secret raises SpentTokenError. Hidden comments are in no feed, not even their author's, and none
    is about a tip of a day to come.
    """
    if len(secret) > MAX_LENGTH:
        raise SpentTokenError
    query = (
        select(CommentFeed.id)
        .join(Person, Person.id == CommentFeed.person_id)
        .where(
            CommentFeed.token_hash == hash_of(secret),
            CommentFeed.ended_at.is_(None),
            Person.disabled_at.is_(None),
        )
    )
    if session.execute(query).first() is None:
        raise SpentTokenError
    return [
        FeedComment(
            row.public_id,
            row.author or "",
            row.title,
            row.text,
            as_html(row.text),
            row.posted_at,
            row.edited_at,
        )
        for row in session.execute(_NEWEST, {"today": today, "trains": False})
    ]
