"""What people do with their own account."""

from flask import Flask
from sqlalchemy import select

from tests.accounts.conftest import Clock, link_in, mails
from tests.browsing import Browser
from tests.people import PASSWORD, Cast
from training.accounts.models import Person, SignInSession
from training.accounts.passwords import verify_password
from training.accounts.preferences import Preferences, preferences_of, read_preferences
from training.database import db, transaction

NEW = "walnut kettle harbour seven"


def test_the_page_shows_who_i_am_and_where_i_am_signed_in(app: Flask, cast: Cast) -> None:
    with transaction() as session:
        session.get_one(Person, cast.ana).staff_number = "TH-0417"
    Browser(app).sign_in(cast.ana)
    page = Browser(app).sign_in(cast.ana).get("/account").text

    for words in ("Ana Duarte", "ana@example.invalid", "TH-0417", "This browser"):
        assert words in page
    assert page.count("Sign out there") == 1


def test_i_change_my_name(app: Flask, cast: Cast) -> None:
    ana = Browser(app).sign_in(cast.ana)
    assert ana.get("/account/name").status_code == 200
    assert ana.post("/account/name", {"name": " "}).status_code == 422
    assert ana.post("/account/name", {"name": "Ana  Duarte-Reis"}).location == "/account"

    assert "Ana Duarte-Reis" in ana.get("/account").text


def test_i_choose_how_calls_behave(app: Flask, cast: Cast) -> None:
    ana = Browser(app).sign_in(cast.ana)
    ana.post("/account/preferences", {"call_clock": "y", "timed_lines": "y", "pace": "3"})

    chosen = preferences_of(db.session(), cast.ana)
    assert chosen == Preferences(number_keys=False, call_clock=True, timed_lines=True, pace=3)
    assert ana.post("/account/preferences", {"pace": "9"}).status_code == 422


def test_odd_preferences_are_as_for_a_new_person() -> None:
    odd = {"pace": True, "number_keys": "yes", "timed_lines": 1, "other": "kept"}

    assert read_preferences(odd) == Preferences()
    assert read_preferences({}) == Preferences(number_keys=True, call_clock=True, timed_lines=False, pace=1)


def test_a_new_password_ends_the_other_sessions_and_renews_this_one(app: Flask, cast: Cast) -> None:
    elsewhere, here = Browser(app).sign_in(cast.ana), Browser(app).sign_in(cast.ana)
    before = here.client.get_cookie("session", domain="127.0.0.1")
    assert here.get("/account/password").status_code == 200
    assert here.post("/account/password", {"password": NEW}).location == "/account"
    after = here.client.get_cookie("session", domain="127.0.0.1")

    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert elsewhere.get("/account").status_code == 303
    assert "Your password is changed" in here.get("/account").text
    assert verify_password(db.session().get_one(Person, cast.ana).password_hash, NEW, cheap=True)
    assert len(mails("password_changed")) == 1


def test_after_fifteen_minutes_the_old_password_is_asked_for(app: Flask, cast: Cast, time: Clock) -> None:
    ana = Browser(app).sign_in(cast.ana)
    assert "Your password now" not in ana.get("/account/password").text
    time.forward(minutes=15)
    assert "Your password now" in ana.get("/account/password").text

    assert ana.post("/account/password", {"password": NEW}).status_code == 422
    assert ana.post("/account/password", {"password": NEW, "current": "no"}).status_code == 422
    assert ana.post("/account/password", {"password": NEW, "current": PASSWORD}).status_code == 303


def test_guessing_the_old_password_is_slowed(app: Flask, cast: Cast, time: Clock) -> None:
    ana = Browser(app).sign_in(cast.ana)
    time.forward(minutes=15)
    fields = {"password": NEW, "current": "no"}
    replies = [ana.post("/account/password", fields).status_code for _ in range(6)]

    assert replies == [422] * 5 + [429]


def test_a_new_e_mail_counts_once_its_link_is_used_and_the_old_one_is_told(app: Flask, cast: Cast) -> None:
    ana = Browser(app).sign_in(cast.ana)
    assert ana.get("/account/e-mail").status_code == 200
    assert ana.post("/account/e-mail", {"email": "Ana.New@example.org"}).location == "/account"
    assert "ana@example.invalid" in ana.get("/account").text
    message = mails("email_change")[0]
    link = link_in(message)
    assert message.to_address == "ana.new@example.org"
    assert "ana.new@example.org" in ana.get(link).text
    assert ana.post(link).location == "/account"

    assert db.session().get_one(Person, cast.ana).email == "ana.new@example.org"
    assert [told.to_address for told in mails("email_changed")] == ["ana@example.invalid"]
    assert ana.post(link).status_code == 404


def test_links_that_went_to_the_old_mailbox_are_spent_by_the_new_one(app: Flask, cast: Cast) -> None:
    ana, visitor = Browser(app).sign_in(cast.ana), Browser(app)
    visitor.post("/sign-in", {"identifier": "ana@example.invalid", "password": "", "link": "1"})
    visitor.post("/sign-in/forgotten", {"identifier": "ana@example.invalid"})
    ana.post("/account/e-mail", {"email": "new@example.org"})
    old = [link_in(mails(purpose)[0]) for purpose in ("sign_in_link", "password_reset")]
    assert [visitor.get(link).status_code for link in old] == [200, 200]
    assert ana.post(link_in(mails("email_change")[0])).location == "/account"

    assert [visitor.get(link).status_code for link in old] == [404, 404]


def test_an_e_mail_link_is_good_for_an_hour(app: Flask, cast: Cast, time: Clock) -> None:
    ana = Browser(app).sign_in(cast.ana)
    ana.post("/account/e-mail", {"email": "new@example.org"})
    time.forward(minutes=60)

    assert ana.post(link_in(mails("email_change")[0])).status_code == 404


def test_somebody_elses_e_mail_cannot_be_taken_nor_found_out(app: Flask, cast: Cast) -> None:
    ana = Browser(app).sign_in(cast.ana)
    known = ana.post("/account/e-mail", {"email": "ben@example.invalid"})
    unknown = ana.post("/account/e-mail", {"email": "nobody@example.org"})

    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert [message.to_address for message in mails("email_change")] == ["nobody@example.org"]


def test_an_e_mail_is_one_address(app: Flask, cast: Cast) -> None:
    ana = Browser(app).sign_in(cast.ana)

    for typed in ("a@example.org, b@example.org", "a@example.org\nBcc: b@example.org", "a", "", "a@b"):
        assert ana.post("/account/e-mail", {"email": typed}).status_code == 422
    assert mails("email_change") == []


def test_i_sign_another_browser_of_mine_out(app: Flask, cast: Cast) -> None:
    lost, here = Browser(app).sign_in(cast.ana), Browser(app).sign_in(cast.ana)
    first = db.session().scalars(select(SignInSession.id).order_by(SignInSession.id)).first()

    assert here.post("/account/sign-outs", {"session": str(first)}).location == "/account"
    assert lost.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


def test_nobody_signs_somebody_else_out(app: Flask, cast: Cast) -> None:
    ana, omar = Browser(app).sign_in(cast.ana), Browser(app).sign_in(cast.omar)
    hers = db.session().scalars(select(SignInSession.id).where(SignInSession.person_id == cast.ana)).one()

    assert omar.post("/account/sign-outs", {"session": str(hers)}).status_code == 404
    assert omar.post("/account/sign-outs", {"session": "99999"}).status_code == 404
    assert omar.post("/account/sign-outs", {"session": "x"}).status_code == 422
    assert ana.get("/account").status_code == 200
