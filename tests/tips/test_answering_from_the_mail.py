"""A reply's link opens a page; its one button keeps the first answer. Scanners change nothing."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tests.browsing import Browser
from tests.people import Cast
from tests.tips.conftest import Time, everything, subscriber
from tests.tips.issues import look, mail_to
from training.accounts.models import Person
from training.accounts.participant import Participant
from training.database import db, transaction
from training.library.models import Completion, Publication
from training.tips.models import Subscription, TipAnswer


@pytest.fixture
def issued(app: Flask, published: None, cast: Cast, time: Time) -> Flask:
    """The tip of week 48 is on its way to the cast and to Kim, who has no account."""
    with transaction() as session:
        session.execute(update(Person).values(created_at=time.at.replace(year=2026, month=9, day=1)))
    time.set("2026-11-21T12:00")
    look(app)
    subscriber(app)
    time.set("2026-11-23T08:00")
    assert look(app) == ["2026-W48"]
    return app


def answers() -> list[TipAnswer]:
    db.session.remove()
    return list(db.session().scalars(select(TipAnswer)))


def test_a_reply_s_link_picks_it_and_only_the_button_keeps_it(issued: Flask, cast: Cast) -> None:
    link, phone = mail_to("ana@example.invalid").tip, Browser(issued)
    page = phone.get(f"{link}?reply=2")
    assert page.headers["Cache-Control"] == "no-store, private"
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert "Answering as Ana Duarte." in page.text
    assert page.text.count("<button") == 2  # the theme's and the one that says it
    assert answers() == []

    said = phone.post(link, {"reply": "2"})
    assert said.location == f"{link}?reply=2&said=yes#your-call"
    (kept,) = answers()
    ana = db.session().scalars(select(Participant.id).where(Participant.person_id == cast.ana)).one()
    assert (kept.reply, kept.participant_id, bool(kept.skills)) == (2, ana, True)
    assert kept.band in ("strong", "fair", "weak")
    shown = phone.get(said.location).text
    assert "What the other replies do" in shown
    assert "/scenarios/" in shown
    assert shown.index("your-call") < shown.index('class="prose"')


def test_the_first_answer_is_the_one_that_is_kept(issued: Flask) -> None:
    link = mail_to("ana@example.invalid").tip
    for reply in ("3", "1", "3"):
        assert Browser(issued).post(link, {"reply": reply}).status_code == 303

    assert [one.reply for one in answers()] == [3]


def test_a_scanner_that_opens_every_link_twenty_times_changes_nothing(issued: Flask) -> None:
    mail = mail_to("ana@example.invalid")
    before = everything()
    for address in (mail.tip, f"{mail.tip}?reply=1", f"{mail.tip}?reply=2&said=yes", mail.stop):
        for method in ["GET", "HEAD"] * 10:
            assert Browser(issued).ask(method, address).status_code == 200

    assert everything() == before


def test_it_moves_no_progress_and_signs_nobody_in(issued: Flask, cast: Cast) -> None:
    browser = Browser(issued)
    browser.post(mail_to("ana@example.invalid").tip, {"reply": "1"})

    assert db.session().scalar(select(func.count()).select_from(Completion)) == 0
    assert browser.get("/account").status_code == 303
    assert browser.client.get_cookie("session", domain="127.0.0.1") is None


def test_a_mail_that_was_passed_on_shows_nothing_of_the_answer(issued: Flask) -> None:
    link = mail_to("ana@example.invalid").tip
    before = {path: Browser(issued).get(f"{link}{path}").text for path in ("", "?reply=1", "?reply=3")}
    Browser(issued).post(link, {"reply": "3"})

    def bare(text: str) -> str:
        return re.sub(r'name="csrf_token" value="[^"]+"', "", text)

    for path, page in before.items():
        assert bare(Browser(issued).get(f"{link}{path}").text) == bare(page)


def test_somebody_else_answers_without_a_name_and_nothing_is_kept(issued: Flask) -> None:
    link, other = mail_to("ana@example.invalid").tip, Browser(issued)
    assert "Answer without a name" in other.get(f"{link}?reply=1").text
    before = everything()
    page = other.get(f"{link}?reply=1&nameless=yes").text
    assert "Answering as" not in page
    assert "Nothing is kept of it." in page
    assert "Nothing was kept of this." in other.get(f"{link}?reply=1&nameless=yes&said=yes").text

    assert everything() == before


def test_an_address_alone_is_named_so_that_only_its_owner_knows_it(issued: Flask) -> None:
    link = mail_to("kim@example.org").tip
    page = Browser(issued).get(f"{link}?reply=1").text
    assert "Answering as k…@example.org." in page
    assert "kim@" not in page
    Browser(issued).post(link, {"reply": "1"})

    assert [one.participant_id for one in answers()] == [None]


@pytest.mark.parametrize("reply", ["", "0", "9", "-1", "1.0", "x", "١", "100", "1\x00"])
def test_a_reply_that_is_not_on_offer_is_refused(issued: Flask, reply: str) -> None:
    link = mail_to("ana@example.invalid").tip
    assert Browser(issued).get(f"{link}?reply={reply}").status_code == 200
    assert Browser(issued).post(link, {"reply": reply}).status_code == 422
    assert answers() == []


def test_another_site_cannot_answer(issued: Flask) -> None:
    link = mail_to("ana@example.invalid").tip
    assert Browser(issued).post_bare(link, {"reply": "1"}).status_code == 400
    elsewhere = {"Origin": "https://evil.test"}
    assert Browser(issued).post(link, {"reply": "1"}, headers=elsewhere).status_code == 400
    assert answers() == []


@pytest.mark.parametrize("bent", ["x", "x" * 43, "x" * 3000, "%00", "’"])
def test_a_bent_link_opens_nothing(visitor: Browser, bent: str) -> None:
    assert visitor.get(f"/t/tip/{bent}").status_code == 404
    assert visitor.post(f"/t/tip/{bent}", {"reply": "1"}).status_code == 404


def test_each_link_does_its_one_thing(issued: Flask) -> None:
    mail = mail_to("ana@example.invalid")
    tip, stop = mail.tip.rsplit("/", 1)[1], mail.stop.rsplit("/", 1)[1]
    for purpose in ("tip-stop", "tip-confirmation", "tip-address", "tip-subscription", "sign-in", "reset"):
        assert Browser(issued).post(f"/t/{purpose}/{tip}").status_code in (404, 405)
    for purpose in ("tip", "tip-confirmation", "tip-address", "tip-subscription", "sign-in", "reset"):
        assert Browser(issued).post(f"/t/{purpose}/{stop}", {"reply": "1"}).status_code in (404, 405)
    assert answers() == []


def test_the_tip_is_shown_as_it_was_mailed_even_when_it_is_retired(issued: Flask, time: Time) -> None:
    link = mail_to("ana@example.invalid").tip
    before = Browser(issued).get(link).text
    with transaction() as session:
        session.execute(update(Publication).values(ended_at=time.at))

    assert "The tip of the week" in before or "Tip of the week" in before
    assert Browser(issued).get(link).status_code == 200


def test_the_answer_of_somebody_erased_stays_with_nobody(issued: Flask, cast: Cast) -> None:
    mail = mail_to("ana@example.invalid")
    Browser(issued).post(mail.tip, {"reply": "1"})
    with transaction() as session:
        session.delete(session.scalars(select(Subscription).where(Subscription.person_id == cast.ana)).one())

    assert [(one.subscription_id, one.reply) for one in answers()] == [(None, 1)]
    page = Browser(issued).get(f"{mail.tip}?reply=2").text
    assert "Answering as" not in page
    assert Browser(issued).post(mail.tip, {"reply": "2"}).status_code == 303
    assert len(answers()) == 1
    assert Browser(issued).post(mail.stop).status_code == 200
