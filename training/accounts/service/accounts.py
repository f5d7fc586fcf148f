"""Accounts that people make themselves, where somebody gave them the right to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from training.accounts import throttle
from training.accounts.models import Person
from training.accounts.service.invitations import add_person, refuse_namesake


@dataclass(frozen=True)
class NewAccount:
    """What somebody says of themselves: an address in lower case or a staff number, cleaned before."""

    name: str
    email: str | None
    staff_number: str | None
    password_hash: str


def admit_newcomer(session: Session, network: str, at: datetime) -> None:
    """Count one try to make an account, before anything is hashed; raises ThrottledError with the wait."""
    throttle.admit(session, throttle.bucket_key("join-network", network), throttle.NEWCOMERS, at)


def make_account(session: Session, who: NewAccount, at: datetime) -> Person:
    """A person without any rights. Raises AlreadyHereError where the address or number is somebody's."""
    refuse_namesake(session, who.email, who.staff_number)
    person = Person(
        name=who.name,
        email=who.email,
        staff_number=who.staff_number,
        password_hash=who.password_hash,
        created_at=at,
    )
    add_person(session, person)
    return person
