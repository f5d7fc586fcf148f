"""What a kill can leave uncertain, and what a mail costs: one is in the air at most, for one commit each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import Connection, event, select

from tests.mail.conftest import Mailbox
from tests.statements import counted_statements
from training.database import db, transaction
from training.mail.composition import Composed
from training.mail.delivery import deliver_waiting
from training.mail.mailing import Recipient, queue_mailing
from training.mail.models import Message
from training.settings import Settings


def queue(count: int, key: str) -> None:
    people = [Recipient(str(number), f"{key}{number}@example.org") for number in range(count)]
    composed = Composed("s", "t\n", "<p>t</p>")
    with transaction() as session:
        queue_mailing(session, key=key, purpose="tip", composed=composed, recipients=people)


@contextmanager
def counted_commits() -> Iterator[list[Connection]]:
    seen: list[Connection] = []
    note = seen.append
    event.listen(db.engine, "commit", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "commit", note)


@pytest.mark.parametrize("ends", ["", "451 busy", "550 no"])
def test_a_mail_more_costs_one_commit_and_two_statements(
    app: Flask, smtp: Settings, mailbox: Looking, ends: str
) -> None:
    """Whatever became of it: the transaction that begins a mail writes down what became of the one before."""
    costs = []
    deliver_waiting(smtp)
    for count in (1, 11):
        mailbox.answers = [ends] * count if ends else []
        queue(count, f"k{count}")
        with counted_commits() as commits, counted_statements(db.engine) as seen:
            deliver_waiting(smtp)
        costs.append((len(commits), sum(one.startswith("UPDATE") for one in seen)))

    (commits_of_one, updates_of_one), (commits_of_eleven, updates_of_eleven) = costs
    assert commits_of_eleven - commits_of_one == 10
    assert updates_of_eleven - updates_of_one == 20


class Looking(Mailbox):
    """Looks into the outbox whenever a mail has come whole and is not answered yet."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self.app = app
        self.seen: list[Counter[str]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        with self.app.app_context(), db.engine.connect() as connection:
            self.seen.append(Counter(connection.scalars(select(Message.state))))
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def mailbox(app: Flask) -> Looking:
    return Looking(app)


def test_one_is_in_the_air_and_all_before_it_are_known(app: Flask, smtp: Settings, mailbox: Looking) -> None:
    queue(25, "k")  # more than are taken in hand at once
    deliver_waiting(smtp)

    assert mailbox.seen == [Counter(sent=number, sending=1, queued=24 - number) for number in range(25)]
