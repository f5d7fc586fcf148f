"""Whether mail arrives at an address, as far as is known."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.mail.models import Message, MessageState
from training.mail.reasons import Reason, reason_of
from training.mail.stopping import ANY_PURPOSE, known_hash
from training.mail.stopping_models import Suppression

_KNOWN = (MessageState.SENT, MessageState.RETURNED, MessageState.FAILED)


@dataclass(frozen=True)
class Trouble:
    """Why the last mail did not arrive; `is_stopped`: for good so often that nothing is sent any more."""

    reason: Reason
    is_stopped: bool


def trouble_of(session: Session, address: str, *, purpose: str) -> Trouble | None:
    """What keeps mail of `purpose` from `address`; None where nothing is known to. Writes nothing."""
    hashed = known_hash(session, address)
    if hashed is None:
        return None
    if session.get(Suppression, (hashed, ANY_PURPOSE)) is not None:
        return Trouble(Reason.NOBODY, is_stopped=True)
    last = session.execute(
        select(Message.state, Message.problem)
        .where(Message.address_hash == hashed, Message.purpose == purpose, Message.state.in_(_KNOWN))
        .order_by(Message.id.desc())
        .limit(1)
    ).first()
    if last is None or last.state == MessageState.SENT:
        return None
    return Trouble(reason_of(last.problem), is_stopped=False)
