"""What tests of returning decisions share: Ana, a clock, and the job done on a day to come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.mail.conftest import Hand
from tests.people import Cast
from training import clock
from training.database import db, transaction
from training.returns.models import ReturnCard
from training.returns.service import schedule_returns

__all__ = ["TIP", "ana", "cards", "pass_days", "time"]
TIP = "/tips/seeing-it-coming"


@pytest.fixture
def time() -> Iterator[Hand]:
    hand = Hand()
    hand.at = datetime(2026, 11, 21, 12, tzinfo=UTC)
    with clock.running(hand):
        yield hand


@pytest.fixture
def ana(app: Flask, cast: Cast, time: Hand) -> Browser:
    return Browser(app).sign_in(cast.ana)


@pytest.fixture
def pass_days(time: Hand) -> Callable[[int], None]:
    """Let some days pass, and then the job do its work."""

    def later(days: int) -> None:
        time.at += timedelta(days=days)
        with transaction() as session:
            schedule_returns(session, time.at, time.at.date())

    return later


def cards(session: Session | None = None) -> list[ReturnCard]:
    db.session.remove()
    return list(db.session().scalars(select(ReturnCard).order_by(ReturnCard.id)))
