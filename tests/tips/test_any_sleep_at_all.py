"""However the site sleeps and wakes: nobody has a week's tip twice, two at once, or one before its hour."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from tests.tips.conftest import Time
from tests.tips.issues import look
from training.database import db, transaction
from training.mail.models import Mailing, Message
from training.tips.models import Subscription, TipDelivery, TipIssue, TipWeek
from training.tips.rules import Slot, Week, due_at

BEGIN = datetime(2026, 11, 16, tzinfo=UTC)
SLOTS = {
    "early@example.org": Slot(0, 0, "Pacific/Kiritimati"),
    "usual@example.org": Slot(0, 8, "Europe/London"),
    "late@example.org": Slot(6, 23, "Etc/GMT+12"),
}
naps = st.lists(st.timedeltas(timedelta(minutes=5), timedelta(days=18)), min_size=1, max_size=12)


def start_again() -> None:
    """Three readers who have always been there, and nothing sent yet."""
    with transaction() as session:
        for table in (TipDelivery, TipIssue, TipWeek, Message, Mailing, Subscription):
            session.execute(delete(table))
        for address, slot in SLOTS.items():
            session.add(
                Subscription(
                    email=address,
                    weekday=slot.weekday,
                    hour=slot.hour,
                    time_zone=slot.zone,
                    began_at=BEGIN - timedelta(days=99),
                )
            )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(naps=naps)
def test_nobody_gets_a_tip_twice_two_at_once_or_early(
    app: Flask, published: None, time: Time, naps: list[timedelta]
) -> None:
    start_again()
    time.at = BEGIN
    for nap in [timedelta(0), *naps]:
        time.at += nap
        look(app)

    db.session.remove()
    rows = db.session().execute(
        select(Subscription.email, TipIssue.year, TipIssue.week, TipDelivery.due_at, TipIssue.item_id)
        .join(TipDelivery, TipDelivery.subscription_id == Subscription.id)
        .join(TipIssue, TipIssue.id == TipDelivery.issue_id)
    )
    found = [(str(email), Week(year, week), due, item) for email, year, week, due, item in rows]
    assert max(Counter((email, week) for email, week, _due, _item in found).values(), default=1) == 1
    assert max(Counter((email, item) for email, _week, _due, item in found).values(), default=1) == 1
    for email, slot in SLOTS.items():
        mine = sorted((week, due) for one, week, due, _item in found if one == email)
        assert all(due >= due_at(week, slot) for week, due in mine)
        moments = [due for _week, due in mine]
        assert all(later - earlier > timedelta(0) for earlier, later in pairwise(moments))
