"""Holding back what is queued, so that it can go on later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from training.mail.mailing import withhold
from training.mail.models import Message, MessageState, Priority


def hold(session: Session, *, purpose: str) -> None:
    """Keep mail of `purpose` that is queued and not begun, until it is let go."""
    _move(session, purpose, Priority.BULK, Priority.HELD)


def let_go(session: Session, *, purpose: str, since: datetime) -> None:
    """Let what is held go on at its own moment, or at once; never what was due before `since`."""
    withhold(session, purpose=purpose, before=since, reason="held back for too long")
    _move(session, purpose, Priority.HELD, Priority.BULK)


def _move(session: Session, purpose: str, before: Priority, after: Priority) -> None:
    session.execute(
        update(Message)
        .where(Message.state == MessageState.QUEUED, Message.purpose == purpose, Message.priority == before)
        .values(priority=after, leased_by=None, leased_until=None)
    )
