"""Sending what waits in the outbox. The promise: no duplicate, no silent loss, the uncertain few named."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from training.clock import now
from training.database import db, transaction
from training.mail.message import build, sender_of
from training.mail.models import Message, MessageState
from training.mail.transport import (
    AwayError,
    LaterError,
    RefusedError,
    Transport,
    UncertainError,
    open_transport,
)
from training.settings import Settings

logger = logging.getLogger("training")
LEASE = timedelta(minutes=2)
MAX_TRIES = 10
MAX_WAIT = timedelta(hours=6)
KEPT = timedelta(days=30)
DONE = (MessageState.SENT, MessageState.FAILED, MessageState.UNCERTAIN)


@dataclass
class Delivered:
    """What one round did, as counts by state; `problem` where the server was away and nothing was tried."""

    counts: dict[str, int] = field(default_factory=dict)
    problem: str = ""

    def note(self, state: str) -> None:
        self.counts[state] = self.counts.get(state, 0) + 1

    def __str__(self) -> str:
        if self.problem:
            return self.problem
        return (
            ", ".join(f"{count} {state}" for state, count in sorted(self.counts.items())) or "nothing waits"
        )


def deliver_waiting(
    settings: Settings, *, limit: int = 500, stop: Callable[[], bool] = lambda: False
) -> Delivered:
    """Hand over what is due now, at most `limit` messages or until `stop()`; needs an application context.

    Safe beside other senders, in threads or processes: each row is claimed by one of them. Costs one read
    when nothing waits. Never raises for a mail server's sake.
    """
    done, worker = Delivered(), secrets.token_hex(8)
    try:
        _name_the_uncertain(now())
        if _due(db.session(), now()) is None:
            return done
        with open_transport(settings) as transport:
            for _ in range(limit):
                message_id = None if stop() else claim(worker, now())
                if message_id is None:
                    break
                done.note(_send(transport, settings, message_id, worker))
    except AwayError as problem:
        done.problem = str(problem)
        logger.warning("mail waits: %s", problem)
    finally:
        db.session.remove()
    return done


def _due(session: Session, at: datetime) -> int | None:
    found: int | None = session.scalar(
        select(Message.id)
        .where(Message.state == MessageState.QUEUED, Message.not_before <= at)
        .order_by(Message.not_before, Message.id)
        .limit(1)
    )
    return found


def claim(worker: str, at: datetime) -> int | None:
    """Take one due message for `worker`, or None when nothing is due. Of two who try, one gets it."""
    while True:
        message_id = _due(db.session(), at)
        if message_id is None:
            return None
        with transaction() as session:
            taken = session.execute(
                update(Message)
                .where(Message.id == message_id, Message.state == MessageState.QUEUED)
                .values(
                    state=MessageState.SENDING,
                    leased_by=worker,
                    leased_until=at + LEASE,
                    tries=Message.tries + 1,
                )
                .returning(Message.id)
            ).first()
        if taken is not None:
            return message_id


def _send(transport: Transport, settings: Settings, message_id: int, worker: str) -> str:
    """Hand one claimed message over and write down what became of it; returns its new state."""
    message = db.session().get_one(Message, message_id)
    tries, name, to = message.tries, message.public_id, message.to_address or ""
    state, problem = MessageState.SENT, ""
    try:
        content = build(message, settings).as_bytes()
        db.session().rollback()  # no read stays open while a server thinks
        transport.hand_over(name, sender_of(settings), to, content)
    except LaterError as later:
        state = MessageState.QUEUED if tries < MAX_TRIES else MessageState.FAILED
        problem = str(later)
    except RefusedError as refused:
        state, problem = MessageState.FAILED, str(refused)
    except UncertainError as uncertain:
        state, problem = MessageState.UNCERTAIN, str(uncertain)
    _record(message_id, worker, state, problem, tries)
    return state


def _record(message_id: int, worker: str, state: MessageState, problem: str, tries: int) -> None:
    values: dict[str, object] = {"state": state, "problem": problem[:250], "leased_until": None}
    if state is MessageState.QUEUED:
        values["not_before"] = now() + min(timedelta(minutes=2**tries), MAX_WAIT)
    if state is MessageState.SENT:
        values["sent_at"] = now()
    if state in (MessageState.SENT, MessageState.FAILED):
        values |= {"text": "", "html": ""}  # its links are secrets; nobody needs them here any more
    with transaction() as session:
        session.execute(
            update(Message).where(Message.id == message_id, Message.leased_by == worker).values(**values)
        )
    if problem:
        logger.warning("message %s is %s: %s", message_id, state, problem)


def _name_the_uncertain(at: datetime) -> None:
    """A sender that died in the middle leaves a lease that runs out: its message may have gone, or not."""
    lost = (Message.state == MessageState.SENDING, Message.leased_until < at)
    ids = list(db.session().scalars(select(Message.id).where(*lost)))
    if not ids:
        return
    with transaction() as session:
        session.execute(
            update(Message)
            .where(Message.id.in_(ids), *lost)
            .values(
                state=MessageState.UNCERTAIN,
                leased_until=None,
                problem="the sender stopped while handing it over; it may have arrived",
            )
        )
    logger.warning("uncertain messages, not sent again: %s", ids)


def forget_the_old(session: Session, at: datetime) -> int:
    """No address is kept past thirty days: blank those that are older, and say how many."""
    old = (Message.created_at < at - KEPT, Message.to_address.is_not(None), Message.state.in_(DONE))
    blank = update(Message).where(*old).values(to_address=None, subject="", text="", html="", problem="")
    return len(session.execute(blank.returning(Message.id)).all())
