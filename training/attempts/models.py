"""A learner's plays, and the steps that are their truth."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.accounts.participant import Participant
from training.clock import now
from training.database import Base, new_public_id
from training.library.models import Item, Revision

_OPEN = text("finished_at IS NULL AND set_aside_at IS NULL")


class AttemptKind(StrEnum):
    """Practice is private and free; a check counts."""

    PRACTICE = "practice"
    CHECK = "check"


class Attempt(Base):
    """One learner's play through one revision of a scenario.

    The steps are the truth: `play` rebuilds scene, meters and score from them, so a score can always be
    explained and never drifts from the choices made. The result is stored when the call ends, and
    `flask attempts verify` replays every attempt to show that it still agrees. `coaching` is what an
    assignment said of when the coach speaks, as the attempt began; None where the scenario decides.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        Index(
            "uq_attempt_open",
            "participant_id",
            "scenario_id",
            "kind",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_attempt_team_kind", "team_id", "kind", "finished_at"),
        # Somebody's attempts; and all that a team's page reads of their checks, so that it needs no row.
        Index(
            "ix_attempt_results",
            "participant_id",
            "kind",
            "finished_at",
            "scenario_id",
            "team_id",
            "percent",
            "passed",
            "ending",
        ),
        Index("ix_attempt_scenario_kind", "scenario_id", "kind", "finished_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    scenario_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    kind: Mapped[str] = mapped_column(String(10), default=AttemptKind.PRACTICE)
    seed: Mapped[str] = mapped_column(String(32))
    step_count: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
    set_aside_at: Mapped[datetime | None]
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("attempt.id"))
    copied_steps: Mapped[int] = mapped_column(default=0)
    coaching: Mapped[str | None] = mapped_column(String(5))
    ending: Mapped[str | None] = mapped_column(String(10))
    percent: Mapped[float | None]
    passed: Mapped[bool | None]
    participant: Mapped[Participant] = relationship()
    scenario: Mapped[Item] = relationship()
    revision: Mapped[Revision] = relationship()
    steps: Mapped[list[Step]] = relationship(back_populates="attempt", order_by="Step.number")


class Step(Base):
    """One reply given. `choice` counts all choices of its scene as authored, from 1; 0 is silence."""

    __tablename__ = "step"
    __table_args__ = (UniqueConstraint("attempt_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    number: Mapped[int]
    choice: Mapped[int]
    answered_at: Mapped[datetime] = mapped_column(default=now)
    attempt: Mapped[Attempt] = relationship(back_populates="steps")


class Share(Base):
    """A finished call that its learner lets their leads read, from `shared_at` until `ended_at`."""

    __tablename__ = "share"
    __table_args__ = (
        Index(
            "uq_share_live",
            "attempt_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    shared_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]


class HintAsked(Base):
    """A learner asked for the hint before that step. It costs nothing, and the debrief remembers where."""

    __tablename__ = "hint_asked"
    __table_args__ = (UniqueConstraint("attempt_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    number: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(default=now)
