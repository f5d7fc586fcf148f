"""Comments, and what became of them. Facts are rows: who hid one and when, that its author took it back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.accounts.models import Person
from training.clock import now
from training.database import Base, new_public_id
from training.library.models import Item


class Comment(Base):
    """Something said under a lesson: plain text. `answers_id` is the comment it replies to: one level deep.

    It belongs to the item, so it stays when the lesson's text changes. One that was taken back has no text.
    """

    __tablename__ = "comment"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    posted_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None]
    item: Mapped[Item] = relationship()
    person: Mapped[Person | None] = relationship()


class CommentRemoval(Base):
    """A comment taken back by who wrote it, for good."""

    __tablename__ = "comment_removal"
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    removed_at: Mapped[datetime] = mapped_column(default=now)


class CommentHiding(Base):
    """A comment hidden by a trainer, until `shown_at` where one shows it again."""

    __tablename__ = "comment_hiding"
    __table_args__ = (
        Index(
            "uq_comment_hiding_live",
            "comment_id",
            unique=True,
            sqlite_where=text("shown_at IS NULL"),
            postgresql_where=text("shown_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    hidden_at: Mapped[datetime] = mapped_column(default=now)
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    shown_at: Mapped[datetime | None]
    shown_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


class CommentFeed(Base):
    """The address at which a person's feed reader finds new comments, until `ended_at`; stored hashed."""

    __tablename__ = "comment_feed"
    __table_args__ = (
        Index(
            "uq_comment_feed_live",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
