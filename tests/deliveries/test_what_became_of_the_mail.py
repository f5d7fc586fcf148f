"""What became of the mail: numbers for trainers, names for an administrator who proved who they are."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.browsing import Browser
from tests.mail.conftest import Hand, write
from tests.people import PASSWORD, Cast
from tests.returns.conftest import time
from tests.statements import counted_statements
from training.accounts.models import AuditEntry
from training.database import db, transaction
from training.mail.composition import Composed
from training.mail.mailing import Recipient, queue_mailing
from training.mail.models import Mailing, Message, MessageState
from training.mail.service import resend

__all__ = ["time"]


@pytest.fixture
def mailing(app: Flask, cast: Cast, time: Hand) -> str:
    """Five recipients: sent, failed, uncertain, suppressed, and one that waits."""
    states = ["sent", "failed", "uncertain", "suppressed", "queued"]
    with transaction() as session:
        people = [Recipient(state, f"{state}@example.org") for state in states]
        texts = Composed("Ask before you offer", "t\n", "<p>t</p>")
        queue_mailing(session, key="tip:2026-W47", purpose="tip", composed=texts, recipients=people)
        for row, state in zip(session.scalars(select(Message).order_by(Message.id)), states, strict=True):
            row.state, row.problem = state, f"why {state}" if state in ("failed", "uncertain") else ""
        return session.scalars(select(Mailing.public_id)).one()


def message(address: str) -> Message:
    db.session.remove()
    return db.session().scalars(select(Message).where(Message.to_address == address)).one()


def test_a_trainer_sees_numbers_and_no_address(app: Flask, cast: Cast, mailing: str) -> None:
    tova = Browser(app).sign_in(cast.tova)

    assert "Ask before you offer" in tova.get("/studio/deliveries").text
    page = tova.get(f"/studio/deliveries/{mailing}").text
    for words in ("1 was sent.", "1 was refused for good.", "1 is uncertain", "1 waits", "0 answers so far."):
        assert words in page
    assert "@example.org" not in page


def test_an_admin_sees_the_uncertain_by_name_after_their_password(
    app: Flask, cast: Cast, mailing: str, time: Hand
) -> None:
    ada = Browser(app).sign_in(cast.ada)
    time.at += timedelta(minutes=16)
    assert "@example.org" not in ada.get(f"/studio/deliveries/{mailing}").text
    ada.post(f"/admin/proof?next=/studio/deliveries/{mailing}", {"current": PASSWORD})

    page = ada.get(f"/studio/deliveries/{mailing}").text
    assert "uncertain@example.org" in page
    assert page.count("@example.org") == 3  # the failed; its line, and the words of its button
    actions = db.session().scalars(select(AuditEntry.action)).all()
    assert "read addresses of a mailing" in actions


def test_an_uncertain_mail_goes_again_when_an_admin_says_so(app: Flask, cast: Cast, mailing: str) -> None:
    ada, one = Browser(app).sign_in(cast.ada), message("uncertain@example.org").public_id
    said = ada.post(f"/studio/deliveries/{mailing}/resends", {"message": one})

    assert said.status_code == 303
    row = message("uncertain@example.org")
    assert (row.state, row.public_id, row.leased_by) == (MessageState.QUEUED, one, None)
    entry = db.session().scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.subject) == ("resend an uncertain mail", one)


def test_without_the_password_nothing_goes_again(app: Flask, cast: Cast, mailing: str, time: Hand) -> None:
    ada, one = Browser(app).sign_in(cast.ada), message("uncertain@example.org").public_id
    time.at += timedelta(minutes=16)
    ada.post(f"/studio/deliveries/{mailing}/resends", {"message": one})

    assert message("uncertain@example.org").state == "uncertain"


@pytest.mark.parametrize("state", ["sent", "failed", "suppressed", "queued"])
def test_only_an_uncertain_mail_goes_again(app: Flask, cast: Cast, mailing: str, state: str) -> None:
    ada, one = Browser(app).sign_in(cast.ada), message(f"{state}@example.org").public_id

    assert ada.post(f"/studio/deliveries/{mailing}/resends", {"message": one}).status_code == 404
    assert message(f"{state}@example.org").state == state


def test_twice_is_once(app: Flask, mailing: str, time: Hand) -> None:
    one = message("uncertain@example.org").public_id
    with transaction() as session:
        assert resend(session, one, time.at) is True
        assert resend(session, one, time.at) is False


def test_the_log_says_what_became_of_each_mail_and_why(app: Flask, cast: Cast, mailing: str) -> None:
    ada = Browser(app).sign_in(cast.ada)
    page = ada.get("/admin/mail").text
    assert "failed@example.org" in page
    assert "why failed" in page
    only = ada.get("/admin/mail?state=failed").text
    assert "failed@example.org" in only
    assert "sent@example.org" not in only
    assert ada.get("/admin/mail?state=odd").status_code == 404
    assert ada.get("/admin/mail?before=x").status_code == 404


def test_a_long_log_goes_on_from_page_to_page(app: Flask, cast: Cast, time: Hand) -> None:
    for number in range(120):
        write(to=f"a{number}@example.org", key=str(number))
    ada = Browser(app).sign_in(cast.ada)
    newest = db.session().scalars(select(Message.id).order_by(Message.id.desc()).offset(99).limit(1)).one()

    assert f"before={newest}" in ada.get("/admin/mail").text
    rest = ada.get(f"/admin/mail?before={newest}").text
    assert ("a19@example.org" in rest, "a20@example.org" in rest) == (True, False)


def test_the_pages_cost_the_same_however_many_mails_there_are(app: Flask, cast: Cast, mailing: str) -> None:
    tova = Browser(app).sign_in(cast.tova)
    tova.get("/studio/deliveries")
    with counted_statements(db.engine) as seen:
        tova.get("/studio/deliveries")

    assert len([one for one in seen if not one.startswith("BEGIN")]) <= 5


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("5.1.1 550 5.1.1 user unknown", "Nobody is at this address"),
        ("5.2.2 552 5.2.2 over quota", "The mailbox is full."),
        ("5.3.4 552 message too big", "too large"),
        ("5.7.26 550 unauthenticated", "refuses mail of this kind"),
        ("5.4.1 no answer from host", "could not be reached"),
        ("failed", "gave no reason that we know"),
        ("", "gave no reason that we know"),
    ],
)
def test_who_did_not_get_it_stands_there_by_name_and_why(
    app: Flask, cast: Cast, mailing: str, problem: str, words: str
) -> None:
    with transaction() as session:
        row = session.scalars(select(Message).where(Message.to_address == "sent@example.org")).one()
        row.state, row.problem = MessageState.RETURNED, problem
    tova, ada = Browser(app).sign_in(cast.tova), Browser(app).sign_in(cast.ada)

    page = tova.get(f"/studio/deliveries/{mailing}").text
    assert "1 came back." in page
    assert "@example.org" not in page
    named = text_of(ada.get(f"/studio/deliveries/{mailing}").text)
    assert "sent@example.org Came back. " in named
    assert words in named
    assert "failed@example.org Refused at once. Its server gave no reason that we know. why failed" in named
    assert "came back" in ada.get("/admin/mail?state=returned").text


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
