"""Signing in by password. The throttle comes first, then one hash, then one short write."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from training.accounts import throttle
from training.accounts.models import Person
from training.accounts.passwords import hash_password, needs_rehash, verify_password
from training.accounts.rules import clean_identifier
from training.accounts.service.people import find_by_identifier
from training.accounts.sessions import begin_session


@dataclass(frozen=True)
class Visit:
    """The browser at the door. `network` is `throttle.network_of` its address."""

    network: str
    device: str = ""
    is_shared: bool = False


@dataclass(frozen=True)
class Recognised:
    """Somebody who knew their password; `new_hash` where the stored one was made with older costs."""

    person_id: int
    stored_hash: str
    new_hash: str | None


def admit_try(session: Session, identifier: str, network: str, at: datetime) -> None:
    """Count one try to sign in, before anything is hashed; raises ThrottledError with the wait.

    The account's bucket holds for this network alone, so a stranger elsewhere locks nobody out.
    """
    throttle.admit(session, _account_key(identifier, network), throttle.ACCOUNT, at)
    throttle.admit(session, _network_key(network), throttle.NETWORK, at)


def admit_code_try(session: Session, network: str, at: datetime) -> None:
    """Count one try of a code from this network; raises ThrottledError with the wait."""
    throttle.admit(session, _network_key(network), throttle.NETWORK, at)


def recognise(session: Session, identifier: str, password: str, *, cheap: bool) -> Recognised | None:
    """The person behind an e-mail or staff number and a password, or None. Hashes once, whoever it is."""
    person = find_by_identifier(session, identifier)
    stored = person.password_hash if person is not None else None
    person_id = person.id if person is not None else 0
    session.rollback()  # no read stays open while the hash is computed
    if not verify_password(stored, password, cheap=cheap) or stored is None:
        return None
    stale = needs_rehash(stored, cheap=cheap)
    return Recognised(person_id, stored, hash_password(password, cheap=cheap) if stale else None)


def sign_in(session: Session, who: Recognised, identifier: str, visit: Visit, at: datetime) -> str | None:
    """Begin a session and forget the slips before it; returns the cookie's secret.

    None where the person was disabled or changed their password since they were recognised.
    """
    person = session.get(Person, who.person_id)
    if person is None or person.disabled_at is not None or person.password_hash != who.stored_hash:
        return None
    if who.new_hash is not None:
        person.password_hash = who.new_hash
    forget_tries(session, identifier, visit.network, at)
    return open_session(session, person, visit, at)


def forget_tries(session: Session, identifier: str, network: str, at: datetime) -> None:
    """It was the person: the slips before it do not count."""
    throttle.forget(session, _account_key(identifier, network), at)
    throttle.give_back(session, _network_key(network))


def open_session(session: Session, person: Person, visit: Visit, at: datetime, *, proved: bool = True) -> str:
    """A new session of `person` in the browser at the door; returns the cookie's secret."""
    return begin_session(session, person, at, shared=visit.is_shared, device=visit.device, proved=proved)


def _account_key(identifier: str, network: str) -> str:
    return throttle.bucket_key("sign-in", clean_identifier(identifier), network)


def _network_key(network: str) -> str:
    return throttle.bucket_key("sign-in-network", network)
