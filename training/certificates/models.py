"""That somebody finished a module: kept as it was on that day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.clock import now
from training.database import Base, new_public_id


class Certificate(Base):
    """One person's finished module. Name and title are those of the day it was made; edits change nothing.

    `revision_id` is the module's list as it was finished. Without a person it is no longer kept: who it was
    for has been erased, and the name with them.
    """

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("person_id", "module_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    module_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(200))
    finished_at: Mapped[datetime]
    made_at: Mapped[datetime] = mapped_column(default=now)
