"""Signed-in browsers: a random secret in a cookie, its hash in a row that can be ended at once."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, select, update
from sqlalchemy.orm import Session

from training.accounts.models import Person, SignInSession
from training.viewer import Viewer

LeadsColumn = Callable[[ColumnElement[int]], ColumnElement[bool]]
# Reading touches a session seldom; writing may touch it oftener, so that ten quiet minutes are ten.
TOUCH_EVERY = timedelta(minutes=5)
TOUCH_WRITING = timedelta(minutes=1)
SHARED_IDLE = timedelta(minutes=10)
# For so long after proving who they are, people are not asked again.
RECENT = timedelta(minutes=15)


@dataclass(frozen=True)
class Limits:
    """How long a session lasts without use, and at the most."""

    idle: timedelta
    whole: timedelta


LEARNER = Limits(timedelta(days=7), timedelta(days=30))
LEAD = Limits(timedelta(hours=12), timedelta(days=7))
ADMIN = Limits(timedelta(minutes=60), timedelta(hours=12))


def limits_for(*, is_admin: bool, leads_or_trains: bool) -> Limits:
    """The strictest of a person's roles wins."""
    if is_admin:
        return ADMIN
    return LEAD if leads_or_trains else LEARNER


def new_secret() -> str:
    """256 random bits for a cookie or an address."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What is stored of a secret. It is random and long, so one plain SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def begin_session(
    session: Session, person: Person, at: datetime, *, shared: bool, device: str = "", proved: bool = True
) -> str:
    """Sign `person` in from now on; returns the secret for the cookie.

    `proved`: they showed something that nobody else has, so for a while they are not asked again.
    """
    secret = new_secret()
    session.add(
        SignInSession(
            token_hash=hash_of(secret),
            person_id=person.id,
            started_at=at,
            seen_at=at,
            confirmed_at=at if proved else at - RECENT,
            is_shared_computer=shared,
            device=device[:80],
        )
    )
    session.flush()
    return secret


def end_session(session: Session, session_id: int, at: datetime) -> None:
    """Sign one browser out; twice is harmless."""
    session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.ended_at.is_(None))
        .values(ended_at=at)
    )


def end_all_sessions(session: Session, person_id: int, at: datetime, *, but: int | None = None) -> None:
    """Sign a person out everywhere, except in the session `but`."""
    statement = update(SignInSession).where(
        SignInSession.person_id == person_id, SignInSession.ended_at.is_(None)
    )
    if but is not None:
        statement = statement.where(SignInSession.id != but)
    session.execute(statement.values(ended_at=at))


def viewer_query(leads: LeadsColumn) -> Select[*tuple[Any, ...]]:
    """One statement for everything a page needs to know of who is looking; takes `:token_hash` later."""
    query: Select[*tuple[Any, ...]] = (
        select(
            Person.id,
            Person.public_id,
            Person.name,
            Person.is_trainer,
            Person.is_admin,
            Person.preferences,
            leads(Person.id).label("leads"),  # type: ignore[arg-type]  # an attribute is a column expression
            SignInSession.id.label("session_id"),
            SignInSession.is_shared_computer,
            SignInSession.started_at,
            SignInSession.seen_at,
        )
        .join(Person, Person.id == SignInSession.person_id)
        .where(
            SignInSession.token_hash == bindparam("token_hash"),
            SignInSession.ended_at.is_(None),
            Person.disabled_at.is_(None),
        )
    )
    return query


@dataclass(frozen=True)
class Sighting:
    """A viewer, and how long ago their session was touched."""

    viewer: Viewer
    age: timedelta

    def is_stale(self, *, writing: bool) -> bool:
        """Is it time to touch the session again?"""
        return self.age >= (TOUCH_WRITING if writing else TOUCH_EVERY)


def find_viewer(
    session: Session, query: Select[*tuple[Any, ...]], secret: str, at: datetime
) -> Sighting | None:
    """The person behind a cookie's secret, or None where the session is unknown, ended or past its limits."""
    row = session.connection().execute(query, {"token_hash": hash_of(secret)}).first()
    if row is None or not _is_alive(row, at):
        return None
    viewer = Viewer(
        row.id,
        row.public_id,
        row.name,
        row.is_trainer,
        row.is_admin,
        bool(row.leads),
        row.session_id,
        row.is_shared_computer,
        chosen=row.preferences,
    )
    return Sighting(viewer, at - row.seen_at)


def _is_alive(row: Row[*tuple[Any, ...]], at: datetime) -> bool:
    limits = limits_for(is_admin=row.is_admin, leads_or_trains=bool(row.leads) or row.is_trainer)
    idle = SHARED_IDLE if row.is_shared_computer else limits.idle
    return bool(at - row.seen_at < idle and at - row.started_at < limits.whole)


def touch_session(session: Session, session_id: int, at: datetime) -> None:
    """Note that a session was used: one of the two writes that a GET may make."""
    session.execute(update(SignInSession).where(SignInSession.id == session_id).values(seen_at=at))
