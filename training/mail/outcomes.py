"""What became of a message, written down."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, bindparam, null, or_, update
from sqlalchemy.orm import Session

from training.database import UtcDateTime
from training.mail.claims import Begun
from training.mail.models import Message, MessageState
from training.mail.stopping import note_refusal

logger = logging.getLogger("training")
MAX_TRIES = 10
MAX_WAIT = timedelta(hours=6)

_MESSAGE = cast("Table", Message.__table__)
_WRITE = (
    update(_MESSAGE)
    .where(
        Message.id == bindparam("one"),
        Message.leased_by == bindparam("worker"),
        or_(Message.state == MessageState.SENDING, Message.state == MessageState.UNCERTAIN),
    )
    .values(state=bindparam("new_state"), problem=bindparam("said"), leased_until=null())
)
# Its links are secrets; nobody needs them here any more.
_WRITE_AND_FORGET = _WRITE.values(text="", html="", token_values=null())
_RECORD = {
    MessageState.QUEUED: _WRITE.values(not_before=bindparam("until", type_=UtcDateTime())),
    MessageState.SENT: _WRITE_AND_FORGET.values(sent_at=bindparam("at", type_=UtcDateTime())),
    MessageState.FAILED: _WRITE_AND_FORGET,
    MessageState.UNCERTAIN: _WRITE,
}


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
    values = {
        "one": outcome.begun.id,
        "worker": worker,
        "new_state": outcome.state,
        "said": outcome.problem[:250],
        "until": at + min(timedelta(minutes=2**outcome.begun.tries), MAX_WAIT),
        "at": at,
    }
    session.connection().execute(_RECORD[outcome.state], values)
    if outcome.is_address and outcome.begun.address_hash:
        note_refusal(session, outcome.begun.address_hash, at)
    if outcome.problem:
        logger.warning("message %s is %s: %s", outcome.begun.id, outcome.state, outcome.problem)
