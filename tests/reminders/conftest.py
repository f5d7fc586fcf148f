"""A team that is asked for two modules, at a fixed hour of a fixed day."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.people import Cast
from training.assignments.service import Terms, assign_module
from training.database import transaction
from training.mail.models import Message
from training.teams.models import Membership

LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)
WEEKEND = frozenset({5, 6})
# A Friday, ten in the morning in London.
FRIDAY = datetime(2026, 11, 20, 10, tzinfo=UTC)
Ask = Callable[..., str]


@pytest.fixture
def ask(published: None, cast: Cast) -> Ask:
    """Ask the morning desk for a module by a day: ask("first-week", date(…))."""
    with transaction() as session:
        session.execute(update(Membership).values(joined_at=LONG_AGO))

    def one(module: str, due: date, team: int = cast.morning_desk, terms: Terms | None = None) -> str:
        with transaction() as session:
            at, today = LONG_AGO, LONG_AGO.date()
            return assign_module(
                session, team, module, due, by=cast.ben, at=at, today=today, terms=terms or Terms()
            ).public_id

    return one


def mails(session: Session, purpose: str) -> list[Message]:
    """What is in the outbox, oldest first."""
    session.rollback()
    return list(session.scalars(select(Message).where(Message.purpose == purpose).order_by(Message.id)))
