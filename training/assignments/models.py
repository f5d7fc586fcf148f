"""Who owes which module, by when; and what one person was given on top: more time, a new check."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.accounts.models import Person
from training.clock import now
from training.database import Base, new_public_id
from training.library.models import Item
from training.teams.models import Team

_OPEN_TO_MANY = text("withdrawn_at IS NULL AND asked_of <> 'person'")
_OPEN_TO_ONE = text("withdrawn_at IS NULL AND asked_of = 'person'")


class AskedOf(StrEnum):
    """Who owes it: everybody in the team, those with one role in it, or one person."""

    TEAM = "team"
    LEARNER = "learner"
    LEAD = "lead"
    TRAINER = "trainer"
    PERSON = "person"


class Coaching(StrEnum):
    """When the coach speaks in the calls of an assignment: after each reply, or when the call is over."""

    NOW = "now"
    END = "end"


class Assignment(Base):
    """A module that a team is asked for, by rule: people who join later owe it too. Withdrawn, never deleted.

    It is due on a day (`due_on`), some days after joining (`due_after_days`), or whenever people come to it.
    `coaching` is None where each call does as it is written.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        Index(
            "uq_assignment_open",
            "team_id",
            "module_id",
            "asked_of",
            unique=True,
            sqlite_where=_OPEN_TO_MANY,
            postgresql_where=_OPEN_TO_MANY,
        ),
        Index(
            "uq_assignment_open_person",
            "team_id",
            "module_id",
            "person_id",
            unique=True,
            sqlite_where=_OPEN_TO_ONE,
            postgresql_where=_OPEN_TO_ONE,
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    asked_of: Mapped[str] = mapped_column(String(10), default=AskedOf.LEARNER, server_default="learner")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    due_on: Mapped[date | None]
    due_after_days: Mapped[int | None]
    coaching: Mapped[str | None] = mapped_column(String(5))
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    assigned_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    team: Mapped[Team] = relationship()
    module: Mapped[Item] = relationship()
    assigned_by: Mapped[Person | None] = relationship(foreign_keys=[assigned_by_id])


class Extension(Base):
    """More time for one person. The newest one counts; the earlier ones stay, to be read."""

    __tablename__ = "extension"
    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    due_on: Mapped[date]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    given_at: Mapped[datetime] = mapped_column(default=now)


class CheckAllowance(Base):
    """One person may take the check of one call again, after they passed it."""

    __tablename__ = "check_allowance"
    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    scenario_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    allowed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    allowed_at: Mapped[datetime] = mapped_column(default=now)
