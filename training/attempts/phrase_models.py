"""Lines that people keep for themselves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.clock import now
from training.database import Base, new_public_id


class Phrase(Base):
    """A line that a person keeps, to have open on a live call. It goes when the person does."""

    __tablename__ = "phrase"
    __table_args__ = (UniqueConstraint("person_id", "text"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(String(1000))
    language: Mapped[str] = mapped_column(String(35))
    call: Mapped[str] = mapped_column(String(200))
    kept_at: Mapped[datetime] = mapped_column(default=now)
