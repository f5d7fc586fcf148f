"""Reads of people and their sessions, made for a page."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.accounts.models import Person, SignInSession
from training.accounts.sessions import SHARED_IDLE, Limits, limits_for
from training.viewer import Viewer


@dataclass(frozen=True)
class OwnSession:
    """A browser in which somebody is signed in."""

    id: int
    device: str
    started_at: datetime
    seen_at: datetime
    is_shared_computer: bool
    is_this_one: bool


def own_sessions(session: Session, viewer: Viewer, at: datetime) -> list[OwnSession]:
    """Where the viewer is signed in now: this browser first, then the one used last."""
    limits = limits_for(is_admin=viewer.is_admin, leads_or_trains=viewer.leads or viewer.is_trainer)
    return sessions_of(session, viewer.id, limits, at, this=viewer.session_id)


def sessions_of(
    session: Session, person_id: int, limits: Limits, at: datetime, *, this: int = 0
) -> list[OwnSession]:
    """Where a person is signed in now, by the limits of their roles; `this` is the browser that asks."""
    rows = session.scalars(
        select(SignInSession)
        .where(
            SignInSession.person_id == person_id,
            SignInSession.ended_at.is_(None),
            SignInSession.seen_at > at - limits.idle,
            SignInSession.started_at > at - limits.whole,
        )
        .order_by((SignInSession.id == this).desc(), SignInSession.seen_at.desc())
        .limit(50)
    )
    return [
        OwnSession(row.id, row.device, row.started_at, row.seen_at, row.is_shared_computer, row.id == this)
        for row in rows
        if not row.is_shared_computer or row.seen_at > at - SHARED_IDLE
    ]


@dataclass(frozen=True)
class OwnAccount:
    """What a person's own account page says of them."""

    name: str
    email: str | None
    staff_number: str | None
    has_password: bool


def own_account(session: Session, person_id: int) -> OwnAccount:
    """The viewer's own account."""
    person = session.get_one(Person, person_id)
    return OwnAccount(person.name, person.email, person.staff_number, person.password_hash is not None)
