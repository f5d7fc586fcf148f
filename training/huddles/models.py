"""Huddles, the votes while one is open, and what a team keeps of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.accounts.models import Person
from training.clock import now
from training.database import Base, new_public_id
from training.library.models import Revision
from training.teams.models import Team

_OPEN = text("closed_at IS NULL")


class Way(StrEnum):
    """How people said which reply they would choose."""

    PHONES = "phones"
    HANDS = "hands"


class Huddle(Base):
    """One decision that a team talks about, from a tip (`scene` is "") or from a scene of a call.

    `replies` are the authored numbers in the order in which they are shown, `bands` how each lands, both with
    spaces between. While it is open (`closed_at` None, and not later than `closes_at`) phones vote by `code`;
    afterwards there is no code. Revealed: the coach's words and the shares are shown.
    """

    __tablename__ = "huddle"
    __table_args__ = (
        Index("uq_huddle_open", "team_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_huddle_closes_at", "closes_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    scene: Mapped[str] = mapped_column(String(120), default="")
    replies: Mapped[str] = mapped_column(String(120))
    bands: Mapped[str] = mapped_column(String(240))
    code: Mapped[str | None] = mapped_column(String(8), unique=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(default=now)
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    revealed_at: Mapped[datetime | None]
    team: Mapped[Team] = relationship()
    revision: Mapped[Revision] = relationship()


class HuddleVote(Base):
    """One browser's vote while the huddle is open: no person, no time. Deleted when it closes."""

    __tablename__ = "huddle_vote"
    __table_args__ = (UniqueConstraint("huddle_id", "browser_hash"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    huddle_id: Mapped[int] = mapped_column(ForeignKey("huddle.id", ondelete="CASCADE"))
    browser_hash: Mapped[str] = mapped_column(String(64))
    reply: Mapped[int]


class HuddleCount(Base):
    """How many chose a reply: by show of hands as it was typed, by phone once voting has closed."""

    __tablename__ = "huddle_count"
    huddle_id: Mapped[int] = mapped_column(ForeignKey("huddle.id", ondelete="CASCADE"), primary_key=True)
    way: Mapped[str] = mapped_column(String(6), primary_key=True)
    reply: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]


class HuddleNote(Base):
    """How the team will say it: what it agreed on. The words stay when who wrote them goes."""

    __tablename__ = "huddle_note"
    id: Mapped[int] = mapped_column(primary_key=True)
    huddle_id: Mapped[int] = mapped_column(ForeignKey("huddle.id", ondelete="CASCADE"), unique=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(default=now)
    author: Mapped[Person | None] = relationship()
