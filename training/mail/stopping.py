"""Addresses that get nothing more: who wished it so, and who was refused three times for good."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training.mail.stopping_models import AddressKey, AddressTrouble, Suppression

ANY_PURPOSE = ""
TOO_OFTEN = 3
# Three refusals in a year are three; one a year is a mailbox that was away.
FORGOTTEN_AFTER = timedelta(days=365)
_THE_KEY = 1


def address_key(session: Session) -> bytes:
    """The key under which addresses are hashed, made at its first use."""
    known = select(AddressKey.secret).where(AddressKey.id == _THE_KEY)
    secret = session.scalar(known)
    if secret is None:
        try:
            with session.begin_nested():
                session.add(AddressKey(id=_THE_KEY, secret=secrets.token_hex(32)))
        except IntegrityError:  # another process was first
            pass
        secret = session.scalars(known).one()
    return secret.encode()


def address_hash(session: Session, address: str) -> str:
    """What is known of an address that must not be written to. Large and small letters are alike."""
    return hash_under(address_key(session), address)


def hash_under(key: bytes, address: str) -> str:
    return hmac.new(key, address.lower().encode(), hashlib.sha256).hexdigest()


def suppress(session: Session, address: str, *, purpose: str, reason: str, at: datetime) -> None:
    """Send nothing of `purpose` to `address` any more (nothing at all: ANY_PURPOSE), now or in years.

    It holds for what is queued already: it is looked at again at the moment of sending. Twice is once.
    """
    suppress_hash(session, address_hash(session, address), purpose=purpose, reason=reason, at=at)


def suppress_hash(session: Session, hashed: str, *, purpose: str, reason: str, at: datetime) -> None:
    if session.get(Suppression, (hashed, purpose)) is not None:
        return
    try:
        with session.begin_nested():
            session.add(Suppression(address_hash=hashed, purpose=purpose, reason=reason, since=at))
    except IntegrityError:  # somebody else wrote it between our look and our line
        return


def allow_again(session: Session, address: str, *, purpose: str) -> None:
    """Forget that `address` gets no mail of `purpose`: because its owner asked for it again."""
    lift(session, address_hash(session, address), purpose=purpose)


def lift(session: Session, hashed: str, *, purpose: str) -> None:
    """As `allow_again`, by the hash; and its failures are forgotten."""
    session.execute(
        delete(Suppression).where(Suppression.address_hash == hashed, Suppression.purpose == purpose)
    )
    session.execute(delete(AddressTrouble).where(AddressTrouble.address_hash == hashed))


def is_suppressed(session: Session, address: str, *, purpose: str) -> bool:
    """Whether mail of `purpose` would not be sent to `address`."""
    found = select(Suppression.purpose).where(
        Suppression.address_hash == address_hash(session, address),
        Suppression.purpose.in_((purpose, ANY_PURPOSE)),
    )
    return session.scalar(found.limit(1)) is not None


def has_stopped(session: Session, address: str, *, purpose: str) -> bool:
    """Whether the owner of `address` wants no mail of `purpose`. Writes nothing: for pages."""
    hashed = known_hash(session, address)
    return hashed is not None and session.get(Suppression, (hashed, purpose)) is not None


def known_hash(session: Session, address: str) -> str | None:
    """As `address_hash`, and writes nothing; None while nobody was ever hashed: nothing is known."""
    secret = session.scalar(select(AddressKey.secret).where(AddressKey.id == _THE_KEY))
    return hash_under(secret.encode(), address) if secret is not None else None


def note_refusal(session: Session, hashed: str, at: datetime) -> bool:
    """Count a refusal of the address for good; the third stops it, and True says so."""
    trouble = session.get(AddressTrouble, hashed, with_for_update=True)
    if trouble is None:
        trouble = AddressTrouble(address_hash=hashed, failures=0, last_at=at)
        session.add(trouble)
    if at - trouble.last_at > FORGOTTEN_AFTER:
        trouble.failures = 0
    trouble.failures += 1
    trouble.last_at = at
    session.flush()
    if trouble.failures < TOO_OFTEN:
        return False
    suppress_hash(session, hashed, purpose=ANY_PURPOSE, reason="refused for good three times", at=at)
    return True
