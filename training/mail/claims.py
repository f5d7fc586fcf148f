"""Whose turn a message is: taken by a batch, begun one by one, and written down when it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, bindparam, exists, null, or_, select, update
from sqlalchemy.orm import Session

from training.database import UtcDateTime
from training.mail.models import Message, MessageState, Priority
from training.mail.stopping import ANY_PURPOSE
from training.mail.stopping_models import Suppression

# Longer than one hand-over can take with all its timeouts.
LEASE = timedelta(minutes=4)
BATCH = 20
# What is leased for longer than a lease was leased before the clock went back.
CLOCKS_APART = timedelta(minutes=10)
_MESSAGE = cast("Table", Message.__table__)
_PURPOSES = (Message.purpose, ANY_PURPOSE)
_STOPPED = (Suppression.address_hash == Message.address_hash) & Suppression.purpose.in_(_PURPOSES)
_MINE = (
    Message.id == bindparam("one"),
    Message.state == MessageState.QUEUED,
    Message.leased_by == bindparam("worker"),
    Message.leased_until.is_not(None),
)
_AT = bindparam("at", type_=UtcDateTime())
_IS_FREE = or_(
    Message.leased_until.is_(None),
    Message.leased_until <= _AT,
    Message.leased_until > bindparam("apart", type_=UtcDateTime()),
)
_DUE = (
    select(Message.id)
    .where(
        Message.state == MessageState.QUEUED,
        Message.priority == bindparam("priority"),
        Message.not_before <= _AT,
        _IS_FREE,
    )
    .order_by(Message.not_before, Message.id)
    .limit(bindparam("most"))
)
_TAKE = (
    update(_MESSAGE)
    .where(Message.id.in_(bindparam("ids", expanding=True)), Message.state == MessageState.QUEUED, _IS_FREE)
    .values(leased_by=bindparam("worker"), leased_until=bindparam("until", type_=UtcDateTime()))
    .returning(Message.id)
)
# Said once for each mail: built once, and without the bookkeeping of mapped objects.
_BEGIN = (
    update(_MESSAGE)
    .where(*_MINE, ~exists().where(_STOPPED))
    .values(
        state=MessageState.SENDING,
        tries=Message.tries + 1,
        leased_until=bindparam("until", type_=UtcDateTime()),
    )
    .returning(
        Message.id,
        Message.public_id,
        Message.to_address,
        Message.mailing_id,
        Message.token_values,
        Message.tries,
        Message.address_hash,
    )
)
_STOP = (
    update(_MESSAGE)
    .where(*_MINE, exists().where(_STOPPED))
    .values(
        state=MessageState.SUPPRESSED,
        problem=select(Suppression.reason).where(_STOPPED).limit(1).scalar_subquery(),
        token_values=null(),
        text="",
        html="",
    )
)


@dataclass(frozen=True)
class Begun:
    """A message that is being handed over now."""

    id: int
    public_id: str
    to: str
    mailing_id: int | None
    values: dict[str, str]
    tries: int
    address_hash: str | None


def due(session: Session, at: datetime, limit: int = 1) -> list[int]:
    """What is due and in nobody's hand: direct mail first, then the oldest."""
    found: list[int] = []
    for priority in (Priority.DIRECT, Priority.BULK):
        values = {"priority": priority, "most": limit - len(found), **_moments(at)}
        found += session.connection().scalars(_DUE, values)
        if len(found) >= limit:
            break
    return found


def take(session: Session, worker: str, at: datetime, limit: int = BATCH) -> list[int]:
    """Take some due messages in hand for `worker`. Nothing has happened to them yet: a dead sender's are
    another's when the lease is over.
    """
    ids = due(session, at, limit)
    values = {"ids": ids, "worker": worker, "until": at + LEASE, **_moments(at)}
    mine = set(session.connection().scalars(_TAKE, values))
    return [one for one in ids if one in mine]


def _moments(at: datetime) -> dict[str, datetime]:
    return {"at": at, "apart": at + LEASE + CLOCKS_APART}


def begin(session: Session, message_id: int, worker: str, at: datetime) -> Begun | None:
    """Write down that the hand-over begins; None where the message is not to be sent, or not by `worker`.

    Whoever unsubscribed until now gets nothing: this is the moment of sending.
    """
    values = {"one": message_id, "worker": worker, "until": at + LEASE}
    row = session.connection().execute(_BEGIN, values).first()
    if row is not None:
        return Begun(row[0], row[1], row[2] or "", row[3], row[4] or {}, row[5], row[6])
    session.connection().execute(_STOP, {"one": message_id, "worker": worker})
    return None


def unbegin(session: Session, begun: Begun, worker: str) -> None:
    """Put a message back that was begun and not handed over to anybody."""
    session.execute(
        update(Message)
        .where(Message.id == begun.id, Message.leased_by == worker, Message.state == MessageState.SENDING)
        .values(state=MessageState.QUEUED, tries=Message.tries - 1, leased_until=None)
    )


def release(session: Session, worker: str) -> None:
    """Let go of what was taken and not begun."""
    session.execute(
        update(Message)
        .where(Message.leased_by == worker, Message.state == MessageState.QUEUED)
        .values(leased_by=None, leased_until=None)
    )


def name_the_uncertain(session: Session, at: datetime) -> list[int]:
    """A sender that died while handing over leaves a lease that runs out: its message may have gone."""
    named = session.execute(
        update(Message)
        .where(Message.state == MessageState.SENDING, _IS_FREE)
        .values(
            state=MessageState.UNCERTAIN,
            leased_until=None,
            problem="the sender stopped while handing it over; it may have arrived",
        )
        .returning(Message.id),
        _moments(at),
    )
    return list(named.scalars())
