"""A tip that did not arrive: its reader is told, and can say that the address works again."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import update

from tests.browsing import Browser
from tests.people import Cast
from tests.tips.conftest import Time, subscriber, subscription
from tests.tips.issues import look
from training.accounts.models import Person
from training.database import transaction
from training.mail.models import Message
from training.mail.stopping import ANY_PURPOSE, address_hash, is_suppressed, note_refusal
from training.tips.managing import issue_manage_link


@pytest.fixture
def came_back(app: Flask, published: None, cast: Cast, time: Time) -> str:
    """Kim's own page, after this week's tips were sent and came back from Ana and Kim."""
    with transaction() as session:
        session.execute(update(Person).values(created_at=time.at.replace(year=2026, month=9, day=1)))
    time.set("2026-11-21T12:00")
    look(app)
    subscriber(app)
    time.set("2026-11-23T08:00")
    look(app)
    own = subscriber_page(app, time)
    with transaction() as session:
        to = Message.to_address.in_(("kim@example.org", "ana@example.invalid"))
        session.execute(
            update(Message)
            .where(to, Message.purpose == "tip")
            .values(state="returned", problem="5.2.2 552 full")
        )
    return own


def subscriber_page(app: Flask, time: Time) -> str:
    """A fresh link: they are good for a day."""
    subscription_id = subscription().id
    with transaction() as session:
        return f"/t/tip-subscription/{issue_manage_link(session, subscription_id, time.at)}"


def refuse_three_times(address: str, time: Time) -> None:
    with transaction() as session:
        for _ in range(3):
            note_refusal(session, address_hash(session, address), time.at)


def is_given_up(address: str) -> bool:
    with transaction() as session:
        return is_suppressed(session, address, purpose=ANY_PURPOSE)


def test_the_pages_say_that_the_last_one_did_not_arrive(app: Flask, cast: Cast, came_back: str) -> None:
    ana = Browser(app).sign_in(cast.ana)
    for page in (Browser(app).get(came_back), ana.get("/account"), ana.get("/account/weekly-tip")):
        assert "The mailbox is full." in page.text
        assert "We try again on Monday 30 November at 08:00." in page.text
        assert "The next one comes" not in page.text


def test_once_one_arrives_all_is_well(app: Flask, cast: Cast, came_back: str) -> None:
    with transaction() as session:
        session.execute(update(Message).where(Message.state == "returned").values(state="sent", problem=""))

    assert "The next one comes on Monday 30 November" in Browser(app).get(came_back).text


def test_an_address_that_was_given_up_is_said_so_and_begins_again_by_its_owner_s_word(
    app: Flask, cast: Cast, came_back: str, time: Time
) -> None:
    kim, ana = Browser(app), Browser(app).sign_in(cast.ana)
    for address in ("kim@example.org", "ana@example.invalid"):
        refuse_three_times(address, time)
    for page in (kim.get(came_back), ana.get("/account"), ana.get("/account/weekly-tip")):
        assert "So no tip goes there, nor any other mail." in page.text
        assert "The next one comes" not in page.text
        assert "It works again: send it" in page.text

    kim.post(f"{came_back}/begin")
    ana.post("/account/weekly-tip/begin")
    for page in (kim.get(came_back), ana.get("/account/weekly-tip")):
        assert "It works again" not in page.text
    assert not is_given_up("kim@example.org")
    assert not is_given_up("ana@example.invalid")


def test_asking_at_the_public_form_brings_no_given_up_address_back(
    app: Flask, came_back: str, time: Time
) -> None:
    """A stranger may type it there: only what reached its owner counts."""
    refuse_three_times("kim@example.org", time)
    Browser(app).post("/subscriptions", {"email": "kim@example.org"})

    assert is_given_up("kim@example.org")
