"""Off the list: one press, no sign-in, twice, years later; and the mail that is queued does not go."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.browsing import Browser
from tests.people import Cast
from tests.tips.conftest import Time, everything, subscriber, subscription
from tests.tips.issues import look, mail_to, mailed
from training.accounts.models import Person
from training.clock import now
from training.database import db, transaction
from training.mail.delivery import deliver_waiting
from training.mail.housekeeping import forget_the_old
from training.mail.models import Message
from training.operations.doctor.inside import look_at_mail
from training.settings import Settings
from training.tips.forgetting import forget_ended
from training.tips.models import Subscription
from training.web.origin import csrf

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def issued(app: Flask, published: None, cast: Cast, time: Time) -> Flask:
    with transaction() as session:
        session.execute(update(Person).values(created_at=time.at.replace(year=2026, month=9, day=1)))
    time.set("2026-11-21T12:00")
    look(app)
    subscriber(app)
    time.set("2026-11-23T08:00")
    assert look(app) == ["2026-W48"]
    return app


def states() -> dict[str, str]:
    db.session.remove()
    rows = db.session().execute(select(Message.to_address, Message.state).where(Message.purpose == "tip"))
    return {str(address): state for address, state in rows}


def test_one_click_of_a_provider_is_enough_and_needs_no_token_of_ours(issued: Flask) -> None:
    link = mail_to("kim@example.org").stop
    reply = Browser(issued).post_bare(link, ONE_CLICK)

    assert reply.status_code == 200
    assert "You are off the list" in reply.text
    assert subscription().ended_at is not None


def test_a_person_presses_one_button_on_a_page(issued: Flask, cast: Cast) -> None:
    link = mail_to("ana@example.invalid").stop
    page = Browser(issued).get(link)
    assert "Stop the weekly tip?" in page.text
    assert Browser(issued).post(link).status_code == 200

    assert "No tip goes to" in Browser(issued).sign_in(cast.ana).get("/account").text


def test_opening_the_link_stops_nothing(issued: Flask) -> None:
    link, before = mail_to("kim@example.org").stop, everything()
    for method in ["GET", "HEAD"] * 20:
        assert Browser(issued).ask(method, link).status_code == 200
    assert everything() == before


def test_it_works_twice_and_years_later(issued: Flask, time: Time) -> None:
    link = mail_to("kim@example.org").stop
    time.forward(days=365 * 7)
    for _ in range(2):
        assert Browser(issued).post_bare(link, ONE_CLICK).status_code == 200
    ended = subscription().ended_at
    time.forward(days=1)
    assert Browser(issued).post_bare(link, ONE_CLICK).status_code == 200

    assert subscription().ended_at == ended


def test_what_is_queued_is_not_sent(issued: Flask) -> None:
    Browser(issued).post_bare(mail_to("kim@example.org").stop, ONE_CLICK)
    deliver_waiting(issued.extensions["settings"])

    assert states()["kim@example.org"] == "suppressed"
    assert states()["ana@example.invalid"] == "sent"


def test_a_pause_holds_back_what_is_queued(issued: Flask, cast: Cast) -> None:
    until = {"until": (now() + timedelta(days=20)).date().isoformat()}
    Browser(issued).sign_in(cast.ana).post("/account/weekly-tip/pause", until)
    deliver_waiting(issued.extensions["settings"])

    assert states()["ana@example.invalid"] == "suppressed"
    assert states()["kim@example.org"] == "sent"


def test_a_pause_that_ends_before_it_is_due_holds_nothing_back(
    app: Flask, published: None, cast: Cast, time: Time
) -> None:
    ana = friday_s_reader(app, cast, time)
    ana.post("/account/weekly-tip/pause", {"until": "2026-11-27"})

    assert states()["ana@example.invalid"] == "queued"
    assert "The next one comes on Friday 27 November" in ana.get("/account/weekly-tip").text


def test_what_a_pause_held_back_is_promised_to_nobody(
    app: Flask, published: None, cast: Cast, time: Time
) -> None:
    ana = friday_s_reader(app, cast, time)
    assert "The next one comes on Friday 27 November" in ana.get("/account/weekly-tip").text
    ana.post("/account/weekly-tip/pause", {"until": "2026-11-28"})
    assert states()["ana@example.invalid"] == "suppressed"
    assert "The next one comes on Friday 4 December" in ana.get("/account/weekly-tip").text

    ana.post("/account/weekly-tip/pause/end")
    assert "The next one comes on Friday 4 December" in ana.get("/account/weekly-tip").text


def friday_s_reader(app: Flask, cast: Cast, time: Time) -> Browser:
    """Ana, who has her tip on Fridays; this week's was made on Monday and waits."""
    with transaction() as session:
        session.execute(update(Person).values(created_at=time.at.replace(year=2026, month=9, day=1)))
    time.set("2026-11-21T12:00")
    look(app)
    ana = Browser(app).sign_in(cast.ana)
    ana.post("/account/weekly-tip/moment", {"weekday": 4, "hour": 8, "time_zone": "Asia/Tokyo"})
    time.set("2026-11-23T09:00")
    look(app)
    return ana


@pytest.mark.parametrize(("days", "becomes"), [(2, "sent"), (8, "suppressed")])
def test_what_waits_rests_with_the_tip_and_goes_on_unless_it_is_old(
    issued: Flask, cast: Cast, time: Time, days: int, becomes: str
) -> None:
    Browser(issued).sign_in(cast.tova).post("/studio/tips/pause")
    deliver_waiting(issued.extensions["settings"])
    assert set(states().values()) == {"queued"}

    time.forward(days=days)
    assert not any(
        "more than an hour" in str(one) for one in look_at_mail(db.session(), settings_of(issued), now())
    )
    Browser(issued).sign_in(cast.tova).post("/studio/tips/pause/end")
    deliver_waiting(issued.extensions["settings"])
    assert set(states().values()) == {becomes}


def test_a_rest_of_a_month_keeps_no_address(issued: Flask, cast: Cast, time: Time) -> None:
    Browser(issued).sign_in(cast.tova).post("/studio/tips/pause")
    time.forward(days=31)
    with transaction() as session:
        forget_the_old(session, time.at)

    assert states() == {"None": "suppressed"}


def settings_of(app: Flask) -> Settings:
    found: Settings = app.extensions["settings"]
    return found


def test_it_stops_every_mail_to_that_address(issued: Flask, cast: Cast) -> None:
    with transaction() as session:
        session.add(Subscription(email="ana@example.invalid", began_at=now()))
    Browser(issued).post_bare(mail_to("ana@example.invalid").stop, ONE_CLICK)

    assert subscription("ana@example.invalid").ended_at is not None


def test_it_can_only_stop(issued: Flask) -> None:
    browser = Browser(issued)
    browser.post_bare(mail_to("ana@example.invalid").stop, ONE_CLICK)

    assert browser.get("/account").status_code == 303
    assert browser.post_bare("/account/weekly-tip/end", {}).status_code == 400


def test_it_is_the_only_form_that_is_taken_without_a_token(app: Flask) -> None:
    assert csrf._exempt_views == {"training.tips.subscribing_views.stop_tips"}  # noqa: SLF001


def test_thirty_days_later_the_address_is_forgotten_and_the_link_still_answers(
    issued: Flask, time: Time
) -> None:
    link = mail_to("kim@example.org").stop
    Browser(issued).post_bare(link, ONE_CLICK)
    time.forward(days=29)
    with transaction() as session:
        forget_ended(session, now())
    assert subscription().ended_at is not None
    time.forward(days=2)
    with transaction() as session:
        assert forget_ended(session, now()) >= 1

    db.session.remove()
    assert db.session().scalars(select(Subscription).where(Subscription.email.is_not(None))).all() == []
    assert Browser(issued).post_bare(link, ONE_CLICK).status_code == 200


def test_the_wish_outlives_an_erased_account(issued: Flask, cast: Cast, time: Time) -> None:
    link = mail_to("ana@example.invalid").stop
    Browser(issued).post_bare(link, ONE_CLICK)
    with transaction() as session:
        session.delete(session.get_one(Person, cast.ana))
    assert Browser(issued).post_bare(link, ONE_CLICK).status_code == 200
    with transaction() as session:
        again = Person(name="Ana Duarte", email="ana@example.invalid", created_at=now())
        session.add(again)
        session.flush()
        person_id = again.id

    assert "No tip goes to" in Browser(issued).sign_in(person_id).get("/account").text
    time.set("2026-11-30T08:00")
    look(issued)
    assert [one.key for one in mailed() if one.to == "ana@example.invalid"] == ["tip:2026-W48"]


def test_whoever_wants_it_again_gets_it_again(issued: Flask, cast: Cast, time: Time) -> None:
    Browser(issued).post_bare(mail_to("ana@example.invalid").stop, ONE_CLICK)
    Browser(issued).sign_in(cast.ana).post("/account/weekly-tip/begin")
    time.set("2026-11-30T08:00")
    look(issued)
    deliver_waiting(issued.extensions["settings"])

    assert mail_to("ana@example.invalid").key == "tip:2026-W49"
    db.session.remove()
    newest = select(Message.state).where(Message.to_address == "ana@example.invalid")
    assert db.session().scalars(newest.order_by(Message.id.desc())).first() == "sent"
