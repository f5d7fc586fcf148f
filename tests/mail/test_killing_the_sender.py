"""A sender killed in the middle of anything: no duplicate, no silent loss, the uncertain few named."""

import email
import os
import random
import signal
import time as real_time
from collections import Counter
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from tests.mail.conftest import Hand, Mailbox, write
from training.database import db
from training.mail.delivery import deliver_waiting
from training.mail.mime import message_id
from training.mail.models import Message
from training.settings import Settings

MAILS, KILLS = 60, 8


def send_in_a_process_of_its_own(app: Flask, settings: Settings) -> int:
    """A child that sends what is due; returns its process id."""
    db.session.remove()
    db.engine.dispose()
    child = os.fork()
    if child:
        return child
    try:
        with app.app_context():
            deliver_waiting(settings)
    finally:
        os._exit(0)


def wait_for_more(mailbox: Mailbox, count: int) -> None:
    """Until the server holds so many more mails; the last one's answer is still on its way."""
    wanted, deadline = len(mailbox.taken) + count, real_time.monotonic() + 30
    while len(mailbox.taken) < wanted and real_time.monotonic() < deadline:
        real_time.sleep(0.002)


def test_killing_the_sender_again_and_again_doubles_and_loses_nothing(
    app: Flask, smtp: Settings, mailbox: Mailbox, time: Hand
) -> None:
    for number in range(MAILS):
        write(to=f"a{number}@example.org", key=str(number))
    mailbox.pause = 0.02
    chance = random.Random(7)
    for _ in range(KILLS):
        child = send_in_a_process_of_its_own(app, smtp)
        wait_for_more(mailbox, chance.randint(1, 4))
        real_time.sleep(chance.choice((0, 0, 0.01, 0.03)))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        time.at += timedelta(minutes=5)  # the dead sender's lease runs out
    mailbox.pause = 0
    deliver_waiting(smtp)

    taken = Counter(email.message_from_bytes(content)["Message-ID"] for content in mailbox.taken)
    rows = list(db.session().scalars(select(Message)))
    ids = {message_id(row.public_id, smtp): row.state for row in rows}
    assert max(taken.values()) == 1
    assert Counter(ids.values()).keys() <= {"sent", "uncertain"}
    assert {name for name, state in ids.items() if state == "sent"} <= taken.keys()
    assert 1 <= list(ids.values()).count("uncertain") <= KILLS
