"""What became of a message, written down."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from training.mail.claims import Begun
from training.mail.models import Message, MessageState
from training.mail.stopping import note_refusal

logger = logging.getLogger("training")
MAX_TRIES = 10
MAX_WAIT = timedelta(hours=6)


@dataclass(frozen=True)
class Outcome:
    """How a hand-over ended. `is_address`: the address itself was refused for good."""

    begun: Begun
    state: MessageState
    problem: str = ""
    is_address: bool = False


def later(begun: Begun, problem: str) -> Outcome:
    """Not now: it waits, or it is given up after the tenth try."""
    state = MessageState.QUEUED if begun.tries < MAX_TRIES else MessageState.FAILED
    return Outcome(begun, state, problem)


def record(session: Session, outcome: Outcome, worker: str, at: datetime) -> None:
    """Write an outcome down. Nothing happens where the message is somebody else's by now.

    A sender that was away for longer than its lease tells the truth about a message that was named
    uncertain meanwhile, unless it was queued again.
    """
    values: dict[str, object] = {
        "state": outcome.state,
        "problem": outcome.problem[:250],
        "leased_until": None,
    }
    if outcome.state is MessageState.QUEUED:
        values["not_before"] = at + min(timedelta(minutes=2**outcome.begun.tries), MAX_WAIT)
    if outcome.state is MessageState.SENT:
        values["sent_at"] = at
    if outcome.state in (MessageState.SENT, MessageState.FAILED):
        # Its links are secrets; nobody needs them here any more.
        values |= {"text": "", "html": "", "token_values": None}
    session.execute(
        update(Message)
        .where(
            Message.id == outcome.begun.id,
            Message.leased_by == worker,
            Message.state.in_((MessageState.SENDING, MessageState.UNCERTAIN)),
        )
        .values(**values)
    )
    if outcome.is_address and outcome.begun.address_hash:
        note_refusal(session, outcome.begun.address_hash, at)
    if outcome.problem:
        logger.warning("message %s is %s: %s", outcome.begun.id, outcome.state, outcome.problem)
