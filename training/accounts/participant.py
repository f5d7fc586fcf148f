"""What a person's answers hang on: a random id that outlives the person."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from training.accounts.models import Person
from training.database import Base, new_public_id


class Participant(Base):
    """The owner of attempts and completions. Erasing the person leaves it nameless, so totals stay right."""

    __tablename__ = "participant"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), unique=True)
    person: Mapped[Person | None] = relationship()


# Built once: every call that begins asks it, under the write lock.
_OF_PERSON = select(Participant.id).where(Participant.person_id == bindparam("person_id"))


def participant_for(session: Session, person_id: int) -> int:
    """The id under which this person's answers are kept, made at their first."""
    connection, asked = session.connection(), {"person_id": person_id}
    if found := connection.execute(_OF_PERSON, asked).scalar():
        return found
    try:
        with session.begin_nested():
            session.add(made := Participant(person_id=person_id))
            session.flush()
    except IntegrityError:
        return connection.execute(_OF_PERSON, asked).scalar_one()
    return made.id
