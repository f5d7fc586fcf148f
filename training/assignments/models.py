"""Who owes which module, by when."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.accounts.models import Person
from training.clock import now
from training.database import Base
from training.library.models import Item
from training.teams.models import Team


class Assignment(Base):
    """A module that everybody in a team owes, people who join later included; withdrawn, never deleted."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index(
            "uq_assignment_open",
            "team_id",
            "module_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    due_on: Mapped[date | None]
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    assigned_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]
    team: Mapped[Team] = relationship()
    module: Mapped[Item] = relationship()
    assigned_by: Mapped[Person | None] = relationship()
