"""Drafts: what trainers write before it is published, and every save of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.accounts.models import Person
from training.clock import now
from training.database import Base, new_public_id
from training.library.models import Publication, Revision

_OPEN = text("closed_at IS NULL")


class Draft(Base):
    """A text on its way: a new item's, or the next revision of one that is published.

    `version` is the number of the newest save: a save names the one that it was written on. There is one
    open draft of an address at a time, so that two who change the same thing meet in it. `preview` is the
    body of the last build that could be made, which was of save `preview_version`; 0 before the first.
    """

    __tablename__ = "draft"
    __table_args__ = (
        Index("uq_draft_open", "kind", "slug", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    kind: Mapped[str] = mapped_column(String(10))
    slug: Mapped[str] = mapped_column(String(80))
    base_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    version: Mapped[int] = mapped_column(default=0)
    preview: Mapped[str] = mapped_column(Text, default="")
    preview_version: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[datetime] = mapped_column(default=now)
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    closed_at: Mapped[datetime | None]
    base: Mapped[Revision | None] = relationship()


class DraftSave(Base):
    """One save of a draft. `how`: begun, typed (by a button), auto (by the editor), back (an earlier one)."""

    __tablename__ = "draft_save"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    how: Mapped[str] = mapped_column(String(10))
    saved_at: Mapped[datetime] = mapped_column(default=now)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    saved_by: Mapped[Person | None] = relationship()


class Approval(Base):
    """A second person read save `number` of a draft and found it fit to publish."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("draft_id", "number", "approved_by_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    number: Mapped[int]
    approved_at: Mapped[datetime] = mapped_column(default=now)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    approved_by: Mapped[Person | None] = relationship()


class Publishing(Base):
    """Who made a publication in the studio, from which draft, and what they noted about it."""

    __tablename__ = "publishing"
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    note: Mapped[str] = mapped_column(String(400), default="")
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    published_by: Mapped[Person | None] = relationship()
    publication: Mapped[Publication] = relationship()
