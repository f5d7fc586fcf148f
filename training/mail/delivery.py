"""Sending what waits in the outbox. The promise: no duplicate, no silent loss, the uncertain few named."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.clock import now
from training.database import db, transaction
from training.mail import claims, pace
from training.mail.claims import Begun
from training.mail.mime import MailingMime, build, sender_of
from training.mail.models import Mailing, Message, MessageState
from training.mail.outcomes import Outcome, later, record
from training.mail.transport import (
    AwayError,
    LaterError,
    LostError,
    RefusedError,
    Transport,
    UncertainError,
    open_transport,
)
from training.settings import Settings

logger = logging.getLogger("training")
# Then other jobs have their turn, and this one goes on.
ROUND_SECONDS = 60.0
LOST_IN_A_ROW = 3


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


def deliver_waiting(settings: Settings, *, stop: Callable[[], bool] = lambda: False) -> Delivered:
    """Hand over what is due, until nothing is, a minute is over, or `stop()`; needs an application context.

    Safe beside other senders, in threads or processes: each message is one's alone. Costs four reads when
    nothing waits. Never raises for a mail server's sake.
    """
    done = Delivered()
    try:
        _name_the_uncertain(now())
        if claims.due(db.session(), now()):
            with ExitStack() as connections:
                _Round(settings, connections, done).work(stop)
    except AwayError as problem:
        done.problem = str(problem)
        logger.warning("mail waits: %s", problem)
    finally:
        db.session.remove()
    return done


def _name_the_uncertain(at: datetime) -> None:
    sending = select(Message.id).where(Message.state == MessageState.SENDING).limit(1)
    if db.session().scalar(sending) is None:
        return
    with transaction() as session:
        named = claims.name_the_uncertain(session, at)
    if named:
        logger.warning("uncertain messages, not sent again: %s", named)


class _Round:
    """One sender at work: one connection, and one transaction between two messages.

    The transaction that begins a message writes down what became of the one before: so at any moment one
    message at most is between being begun and being known.
    """

    def __init__(self, settings: Settings, connections: ExitStack, done: Delivered) -> None:
        self.settings = settings
        self.sender = sender_of(settings)
        self.connections = connections
        self.done = done
        self.worker = secrets.token_hex(8)
        self.transport: Transport | None = None
        self.known: Outcome | None = None
        self.lost = 0
        self.mime: dict[int, MailingMime] = {}

    def work(self, stop: Callable[[], bool]) -> None:
        ends = time.monotonic() + ROUND_SECONDS
        try:
            while time.monotonic() < ends and not stop():
                with transaction() as session:
                    self._write_down(session)
                    batch = claims.take(session, self.worker, now())
                if not batch or not self._work_on(batch, stop):
                    break
        finally:
            with transaction() as session:
                self._write_down(session)
                claims.release(session, self.worker)

    def _work_on(self, batch: list[int], stop: Callable[[], bool]) -> bool:
        """False where no more can be sent in this round."""
        for message_id in batch:
            if stop():
                return False
            transport = self._connected()
            begun, held = self._begin(message_id)
            if held is not None and held.is_site:
                return False
            if begun is not None:
                self._hand_over(transport, begun)
        return True

    def _connected(self) -> Transport:
        """The one connection, or another where it was lost; AwayError where there is none to be had."""
        if self.lost >= LOST_IN_A_ROW:
            raise AwayError("the mail server drops its connections; the next round tries again")
        if self.transport is None:
            self.connections.close()
            self.transport = self.connections.enter_context(open_transport(self.settings))
        return self.transport

    def _begin(self, message_id: int) -> tuple[Begun | None, pace.Held | None]:
        at = now()
        with transaction() as session:
            self._write_down(session)
            begun = claims.begin(session, message_id, self.worker, at)
            if begun is None or begun.mailing_id is None:
                return begun, None
            held = pace.hold(session, self.settings, begun.to, at)
            if held is None:
                return begun, None
            claims.unbegin(session, begun, self.worker)
            if not held.is_site:
                pace.put_off(session, begun.to, held.until)
        return None, held

    def _write_down(self, session: Session) -> None:
        if self.known is not None:
            record(session, self.known, self.worker, now())
            self.known = None

    def _hand_over(self, transport: Transport, begun: Begun) -> None:
        self.known = self._outcome(transport, begun)
        self.done.note(self.known.state)

    def _outcome(self, transport: Transport, begun: Begun) -> Outcome:
        content = self._content(begun)
        try:
            transport.hand_over(begun.public_id, self.sender, begun.to, content)
        except LostError as lost:
            self._forget_connection()
            return later(begun, str(lost))
        except LaterError as problem:
            return later(begun, str(problem))
        except RefusedError as refused:
            return Outcome(begun, MessageState.FAILED, str(refused), is_address=refused.is_address)
        except UncertainError as uncertain:
            self._forget_connection()
            return Outcome(begun, MessageState.UNCERTAIN, str(uncertain))
        self.lost = 0
        return Outcome(begun, MessageState.SENT)

    def _forget_connection(self) -> None:
        self.transport = None
        self.lost += 1

    def _content(self, begun: Begun) -> bytes:
        session = db.session()
        try:
            if begun.mailing_id is None:
                return build(session.get_one(Message, begun.id), self.settings)
            if begun.mailing_id not in self.mime:
                mailing = session.get_one(Mailing, begun.mailing_id)
                self.mime[begun.mailing_id] = MailingMime(mailing, self.settings)
        finally:
            session.rollback()  # no read stays open while a server thinks
        return self.mime[begun.mailing_id].render(begun.public_id, begun.to, now(), begun.values)
