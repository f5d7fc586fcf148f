"""So many mails a minute and no more, all senders together; what somebody waits for is never held."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from tests.mail.conftest import Hand, write
from training.database import db, transaction
from training.mail.composition import Composed
from training.mail.delivery import deliver_waiting
from training.mail.mailing import Recipient, queue_mailing
from training.mail.models import Message
from training.settings import Settings


def queue(*addresses: str) -> None:
    people = [Recipient(address, address) for address in addresses]
    with transaction() as session:
        queue_mailing(
            session, key="k", purpose="tip", composed=Composed("s", "t\n", "<p>t</p>"), recipients=people
        )


def sent() -> Counter[str]:
    db.session.remove()
    rows = db.session().scalars(select(Message).where(Message.state == "sent"))
    return Counter((row.to_address or "").rpartition("@")[2] for row in rows)


def settings_of(app: Flask, per_minute: int = 0, per_domain: int = 0) -> Settings:
    settings: Settings = app.extensions["settings"]
    return replace(settings, mails_per_minute=per_minute, mails_per_domain=per_domain)


def test_the_rest_waits_for_the_next_minute(app: Flask, time: Hand) -> None:
    queue(*[f"a{number}@example.org" for number in range(25)])
    settings = settings_of(app, per_minute=10)
    for expected in (10, 20, 25):
        deliver_waiting(settings)
        deliver_waiting(settings)
        assert sum(sent().values()) == expected
        time.at += timedelta(minutes=1)


def test_a_mail_that_was_held_has_lost_no_try(app: Flask, time: Hand) -> None:
    queue("a@example.org", "b@example.org")
    deliver_waiting(settings_of(app, per_minute=1))

    db.session.remove()
    rows = list(db.session().scalars(select(Message).order_by(Message.id)))
    assert [(row.state, row.tries) for row in rows] == [("sent", 1), ("queued", 0)]


def test_one_domain_waits_and_the_others_go_on(app: Flask, time: Hand) -> None:
    queue(*[f"a{number}@big.example" for number in range(30)], "a@small.example", "b@small.example")
    settings = settings_of(app, per_domain=5)
    deliver_waiting(settings)
    assert sent() == {"big.example": 5, "small.example": 2}
    deliver_waiting(settings)
    assert sent()["big.example"] == 5
    time.at += timedelta(minutes=1)
    deliver_waiting(settings)
    assert sent()["big.example"] == 10


def test_what_is_held_for_the_site_counts_for_no_domain(app: Flask, time: Hand) -> None:
    queue("a@one.example", "b@two.example", "c@two.example")
    settings = settings_of(app, per_minute=1, per_domain=1)
    for expected in ({"one.example": 1}, {"one.example": 1, "two.example": 1}):
        deliver_waiting(settings)
        assert sent() == expected
        time.at += timedelta(minutes=1)
    deliver_waiting(settings)
    assert sent() == {"one.example": 1, "two.example": 2}


def test_what_somebody_waits_for_is_not_held(app: Flask, time: Hand) -> None:
    queue("a@example.org", "b@example.org")
    deliver_waiting(settings_of(app, per_minute=1))
    write(to="link@example.com")
    deliver_waiting(settings_of(app, per_minute=1))

    assert sent()["example.com"] == 1


def test_a_clock_that_goes_back_holds_nothing_for_longer_than_a_minute(app: Flask, time: Hand) -> None:
    queue("a@example.org", "b@example.org", "c@example.org")
    settings = settings_of(app, per_minute=1)
    deliver_waiting(settings)
    with transaction() as session:
        for row in session.scalars(select(Message)):
            row.not_before -= timedelta(days=3)
    time.at -= timedelta(days=2)
    deliver_waiting(settings)

    assert sum(sent().values()) == 2
