"""What can be learnt: items, the revisions that were published of them, and what was built from each."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.clock import now
from training.database import Base


class Kind(StrEnum):
    """What an item is; the folder below content/ is its plural."""

    SKILL = "skill"
    LESSON = "lesson"
    SCENARIO = "scenario"
    MODULE = "module"


class Item(Base):
    """One skill, lesson, scenario or module, for as long as anything ever pointed to it.

    `file_hash` is the hash of its file when that was last imported or exported; empty where it never had one.
    """

    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("kind", "slug"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    slug: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(default=now)
    file_hash: Mapped[str] = mapped_column(String(64), default="", server_default="")
    revisions: Mapped[list[Revision]] = relationship(back_populates="item", order_by="Revision.number")


class Revision(Base):
    """The text of an item as it was published. Never changed, never deleted: triggers refuse both."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        Index("ix_revision_content_hash", "content_hash"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    number: Mapped[int]
    source: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    author: Mapped[str] = mapped_column(String(120), default="")
    item: Mapped[Item] = relationship(back_populates="revisions")


class RevisionBuild(Base):
    """What pages read: a revision compiled, its prose as safe HTML. `format` lets old ones be built anew.

    `body` is JSON: its shape is `training.library.builds`' business alone.
    """

    __tablename__ = "revision_build"
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    format: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    built_at: Mapped[datetime] = mapped_column(default=now)


class Publication(Base):
    """A revision made the live one, from `published_at` until another replaces it or it is retired.

    What lists show and choose by is repeated here, so that they need no build. `topics` holds each between
    bars ("|heat|teams|"), `refers_to` each between spaces (" skill/restrain scenario/x "): both for LIKE.
    Among the latter, "alias/x" is an earlier address of its own, and a module's "module/x" comes before it.
    """

    __tablename__ = "publication"
    __table_args__ = (
        Index(
            "uq_publication_live",
            "item_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_publication_tip_on", "tip_on"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(400), default="")
    minutes: Mapped[int] = mapped_column(default=0)
    tip_on: Mapped[date | None]
    portrait: Mapped[str] = mapped_column(String(40), default="")
    topics: Mapped[str] = mapped_column(String(400), default="")
    refers_to: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime] = mapped_column(default=now)
    published_by: Mapped[str] = mapped_column(String(120), default="")
    ended_at: Mapped[datetime | None]
    item: Mapped[Item] = relationship()
    revision: Mapped[Revision] = relationship()


class Correction(Base):
    """What turned out to be wrong in an item's revisions up to `number`, for those who played them.

    `scene` is the one where it stood, by its address; empty where it is the whole.
    """

    __tablename__ = "correction"
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    number: Mapped[int]
    words: Mapped[str] = mapped_column(String(400))
    scene: Mapped[str] = mapped_column(String(120), default="", server_default="")
    made_at: Mapped[datetime] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


class Picture(Base):
    """A picture that a revision shows, encoded by us. Named by its content, so it never changes."""

    __tablename__ = "picture"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    mimetype: Mapped[str] = mapped_column(String(20))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(default=now)


class MediaFile(Base):
    """A picture that was sent from the studio, by the name that texts call it: `../media/<name>`.

    A name keeps its picture as long as a text points to it, and what was published does so for ever.
    """

    __tablename__ = "media_file"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    picture_name: Mapped[str] = mapped_column(ForeignKey("picture.name"))
    width: Mapped[int]
    height: Mapped[int]
    sent_at: Mapped[datetime] = mapped_column(default=now)
    picture: Mapped[Picture] = relationship()


class Completion(Base):
    """A lesson done: read to its end, or its decision answered, by a participant."""

    __tablename__ = "completion"
    __table_args__ = (UniqueConstraint("participant_id", "item_id", "how"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    how: Mapped[str] = mapped_column(String(10))
    reply: Mapped[int | None]
    completed_at: Mapped[datetime] = mapped_column(default=now)
