"""What tests of accounts share: a hand on the clock, the outbox, the count of hashes."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from training import clock
from training.accounts import passwords
from training.database import db
from training.mail.models import Message


class Clock:
    """A clock that goes on only when it is told to."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **parts: float) -> None:
        self.at += timedelta(**parts)


@pytest.fixture
def time(app: Flask) -> Iterator[Clock]:
    """The clock of this test; every context of it reads this one."""
    hand = Clock(clock.now())
    with clock.running(hand):
        yield hand


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which passwords were compared, one entry a hash that was computed."""
    seen: list[str] = []
    real = passwords.hasher(True).verify

    class Counting:
        def verify(self, stored: str, password: str) -> bool:
            if stored.startswith("$argon2id$"):  # anything else is refused before a hash is computed
                seen.append(password)
            return bool(real(stored, password))

        def __getattr__(self, name: str) -> object:
            return getattr(real.__self__, name)  # type: ignore[attr-defined]  # a bound method

    monkeypatch.setattr(passwords, "hasher", lambda cheap: Counting())
    return seen


def mails(purpose: str) -> list[Message]:
    """The mails of a purpose in the outbox, oldest first."""
    db.session.remove()
    return list(db.session().scalars(select(Message).where(Message.purpose == purpose).order_by(Message.id)))


def link_in(message: Message) -> str:
    """The path of the link that a mail carries."""
    found = re.search(r"http://127\.0\.0\.1:8000(/t/\S+)", message.text)
    assert found is not None
    return found[1]
