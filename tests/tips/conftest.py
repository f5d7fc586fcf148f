"""What tests of the weekly tip share: a clock, mailed links, people on the list."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.accounts.conftest import Clock, link_in, mails
from tests.browsing import Browser
from training import clock
from training.database import Base, db
from training.tips.models import Subscription

__all__ = ["Time", "everything", "link_in", "mails", "subscriber", "subscription"]


class Time(Clock):
    """A clock that can be set."""

    def set(self, to: str) -> None:
        """To an instant in UTC, as 2026-11-23T08:00."""
        self.at = datetime.fromisoformat(to).replace(tzinfo=UTC)


@pytest.fixture
def time(app: Flask) -> Iterator[Time]:
    """The clock of this test; every context of it reads this one."""
    hand = Time(clock.now())
    with clock.running(hand):
        yield hand


def subscriber(app: Flask, address: str = "kim@example.org") -> str:
    """Somebody without an account who asked and said yes; returns the address of their own page."""
    browser = Browser(app)
    browser.post("/subscriptions", {"email": address})
    said_yes = browser.post(link_in(mails("tip_confirm")[-1]))
    assert said_yes.status_code == 303
    return str(said_yes.location)


def subscription(address: str = "kim@example.org") -> Subscription:
    db.session.remove()
    return db.session().scalars(select(Subscription).where(Subscription.email == address)).one()


def everything() -> dict[str, object]:
    """Every row of every table: what a page that only shows something must leave as it was."""
    db.session.remove()
    return {
        table.name: [tuple(row) for row in db.session().execute(select(table).order_by(*table.primary_key))]
        for table in Base.metadata.sorted_tables
        if db.session().scalar(select(func.count()).select_from(table))
    }
