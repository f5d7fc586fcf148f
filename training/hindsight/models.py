"""What learners say back, what happened to them, and the decisions that they looked at again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.accounts.models import Person
from training.attempts.models import Attempt
from training.authoring.models import Draft
from training.clock import now
from training.database import Base, new_public_id


class Remark(Base):
    """A sentence about turn `number` of a finished call, for whoever writes it. It goes when the person does.

    Trainers read it with that turn and no other; the name only where `is_named`.
    """

    __tablename__ = "remark"
    __table_args__ = (
        UniqueConstraint("attempt_id", "number"),
        Index("ix_remark_closed_at", "closed_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(300))
    is_named: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[str] = mapped_column(String(600), default="")
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    attempt: Mapped[Attempt] = relationship()


class Story(Base):
    """Something that happened at work, in two lines. `draft` is what a trainer made of it."""

    __tablename__ = "story"
    __table_args__ = (Index("ix_story_closed_at", "closed_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(String(400))
    told_at: Mapped[datetime] = mapped_column(default=now)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"), index=True)
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    draft: Mapped[Draft | None] = relationship()


class Recheck(Base):
    """A participant looked again at a decision that was put right. `choice` is None where it is gone."""

    __tablename__ = "recheck"
    __table_args__ = (UniqueConstraint("correction_id", "participant_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    correction_id: Mapped[int] = mapped_column(ForeignKey("correction.id"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    choice: Mapped[int | None]
    checked_at: Mapped[datetime] = mapped_column(default=now)
