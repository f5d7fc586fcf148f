"""What the outbox forgets, and what it mends after the clock went back."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from training.mail.claims import CLOCKS_APART
from training.mail.models import Message, MessageState, Priority
from training.mail.service import BLANK
from training.mail.stopping_models import MailPace

KEPT = timedelta(days=30)
DONE = tuple(set(MessageState) - {MessageState.QUEUED, MessageState.SENDING})


def forget_the_old(session: Session, at: datetime) -> int:
    """No address is kept past thirty days: blank those that are older, and say how many."""
    session.execute(delete(MailPace).where(MailPace.started_at < at - KEPT))
    _bring_forward(session, at)
    _give_up_the_held(session, at)
    old = (Message.created_at < at - KEPT, Message.to_address.is_not(None), Message.state.in_(DONE))
    return len(session.execute(update(Message).where(*old).values(BLANK).returning(Message.id)).all())


def _give_up_the_held(session: Session, at: datetime) -> None:
    """A pause that goes on for as long keeps no address either."""
    session.execute(
        update(Message)
        .where(
            Message.state == MessageState.QUEUED,
            Message.priority == Priority.HELD,
            Message.created_at < at - KEPT,
        )
        .values(state=MessageState.SUPPRESSED)
    )


def _bring_forward(session: Session, at: datetime) -> None:
    """What was written in the future was written before the clock went back: it is due now."""
    session.execute(
        update(Message)
        .where(
            Message.state == MessageState.QUEUED,
            Message.created_at > at + CLOCKS_APART,
            Message.not_before > at,
        )
        .values(not_before=at)
    )
