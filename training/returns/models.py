"""When each skill comes back to each participant. Private: no lead, no figure and no list reads it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Double, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.database import Base, new_public_id


class ReturnCard(Base):
    """One skill of one participant who once found a decision on it hard.

    `stability` and `difficulty` are what the schedule remembers. While `item_id` is set, that lesson's
    decision waits for them (since `waits_since`), or was answered with `reply` and can be looked at.
    """

    __tablename__ = "return_card"
    __table_args__ = (
        UniqueConstraint("participant_id", "skill"),
        Index("ix_return_card_due_on", "due_on"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    skill: Mapped[str] = mapped_column(String(80))
    stability: Mapped[float] = mapped_column(Double)
    difficulty: Mapped[float] = mapped_column(Double)
    reviewed_at: Mapped[datetime]
    due_on: Mapped[date]
    missed_item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    waits_since: Mapped[datetime | None]
    reply: Mapped[int | None]


class ReturnMail(Base):
    """A decision that went out in somebody's weekly mail: what its link opens, kept as a hash."""

    __tablename__ = "return_mail"
    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("return_card.id", ondelete="CASCADE"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]


class AnswerTaken(Base):
    """An answer that the schedule has read: `source` says where it was given."""

    __tablename__ = "return_answer_taken"
    source: Mapped[str] = mapped_column(String(10), primary_key=True)
    answer_id: Mapped[int] = mapped_column(primary_key=True)
