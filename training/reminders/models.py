"""Which reminders went out, so that none goes twice."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.clock import now
from training.database import Base


class Reminder(Base):
    """Somebody was reminded of what they owe by that day: a week before, a day before, or in a week of being
    late. Another day (more time, a date that moved) is reminded of anew."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("person_id", "assignment_id", "due_on", "stage"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), index=True)
    due_on: Mapped[date]
    stage: Mapped[str] = mapped_column(String(10))
    written_at: Mapped[datetime] = mapped_column(default=now)
