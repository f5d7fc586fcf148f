"""Every team in totals, for pages over all teams: rebuilt by a job, never the truth."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from training.database import Base


class TeamTotal(Base):
    """How many people of a team are how far, on a day of its own calendar.

    `people` learn there or owe something; `asked` owe something, `late` and `finished` are some of them.
    `checked` have finished a check there. A `first_try` is one person's first check of one call.
    """

    __tablename__ = "team_total"
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), primary_key=True)
    as_of: Mapped[date]
    people: Mapped[int]
    asked: Mapped[int]
    late: Mapped[int]
    finished: Mapped[int]
    checked: Mapped[int]
    first_tries: Mapped[int]
    first_passed: Mapped[int]
