"""Ada's browser, and files that she sends."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.accounts.conftest import Clock
from tests.browsing import Browser
from tests.people import Cast
from training import clock
from training.accounts.models import AuditEntry, SignInSession
from training.clock import now
from training.database import db, transaction


@pytest.fixture
def time(app: Flask) -> Iterator[Clock]:
    """The clock of this test."""
    hand = Clock(clock.now())
    with clock.running(hand):
        yield hand


@pytest.fixture
def ada(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.ada)


@pytest.fixture
def ben(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.ben)


def send(browser: Browser, text: str | bytes, **choices: str) -> TestResponse:
    """Send a file of people to look at."""
    body = text if isinstance(text, bytes) else text.encode()
    return browser.post("/admin/people/imports", {"file": (io.BytesIO(body), "people.csv"), **choices})


def look(browser: Browser, text: str | bytes, **choices: str) -> str:
    """The preview of a file."""
    reply = send(browser, text, **choices)
    assert reply.status_code == 303, reply.text
    return browser.get(reply.location).text


def confirm(browser: Browser, text: str | bytes, **choices: str) -> TestResponse:
    """Send a file, look at it, write it."""
    reply = send(browser, text, **choices)
    page = browser.get(reply.location).text
    seen = page.split('name="seen" value="')[1].split('"')[0]
    return browser.post(reply.location, {"seen": seen})


def long_ago() -> None:
    """Everybody's sign-in was a while ago."""
    with transaction() as session:
        for one in session.scalars(select(SignInSession)):
            one.confirmed_at = now() - timedelta(minutes=16)


def deeds() -> list[str]:
    """What stands in the audit log, oldest first."""
    db.session.remove()
    return list(db.session().scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
