"""What a person's answers hang on: a random id that outlives the person."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.accounts.models import Person
from training.database import Base, new_public_id


class Participant(Base):
    """The owner of attempts and completions. Erasing the person leaves it nameless, so totals stay right."""

    __tablename__ = "participant"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), unique=True)
    person: Mapped[Person | None] = relationship()
