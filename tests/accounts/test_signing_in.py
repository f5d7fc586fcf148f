"""Signing in with a password."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.accounts.conftest import Clock
from tests.browsing import Browser
from tests.people import PASSWORD, Cast
from training.accounts import service
from training.accounts.identity import cookie_name
from training.accounts.models import Person, SignInSession
from training.clock import now
from training.database import db, transaction


def sign_in(browser: Browser, who: str = "ana@example.invalid", password: str = PASSWORD, **more: str) -> int:
    reply = browser.post("/sign-in", {"identifier": who, "password": password, **more})
    return reply.status_code


def test_the_page_asks_for_e_mail_or_staff_number(visitor: Browser) -> None:
    page = visitor.get("/sign-in").text

    assert "E-mail or staff number" in page
    assert "I have a code" in page
    assert 'name="shared" type="checkbox" value="y">' in page


def test_the_right_password_opens_the_door(visitor: Browser, cast: Cast) -> None:
    assert sign_in(visitor) == 303
    assert visitor.get("/account").status_code == 200


def test_capitals_and_spaces_in_the_address_do_not_matter(visitor: Browser, cast: Cast) -> None:
    assert sign_in(visitor, " Ana@Example.Invalid ") == 303


def test_a_staff_number_is_as_good_as_an_address(visitor: Browser, cast: Cast) -> None:
    with transaction() as session:
        session.get_one(Person, cast.ana).staff_number = "TH-0417"

    assert sign_in(visitor, "th-0417") == 303


def test_after_signing_in_one_lands_where_one_was_going(visitor: Browser, cast: Cast) -> None:
    sent = visitor.get("/account")
    assert sent.location == "/sign-in?next=/account"
    reply = visitor.post(sent.location, {"identifier": "ana@example.invalid", "password": PASSWORD})

    assert reply.location == "/account"


@pytest.mark.parametrize(
    "target", ["https://evil.test/", "//evil.test", "/\\evil.test", "/no-such-page", "/sign-in"]
)
def test_nobody_is_sent_anywhere_else(visitor: Browser, cast: Cast, target: str) -> None:
    fields = {"identifier": "ana@example.invalid", "password": PASSWORD}
    reply = visitor.post("/sign-in", fields, query_string={"next": target})

    assert reply.location == "/"


def test_wrong_and_unknown_are_told_the_same(app: Flask, cast: Cast) -> None:
    answers = [
        Browser(app).post("/sign-in", {"identifier": "x@example.invalid", "password": "not it at all"})
        if who == "unknown"
        else Browser(app).post("/sign-in", {"identifier": "ana@example.invalid", "password": "not it at all"})
        for who in ("known", "unknown")
    ]
    words = [answer.text.split("<form")[1].replace("ana@", "x@").split("csrf_token")[0] for answer in answers]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert words[0] == words[1]
    assert "go together" in answers[0].text


@pytest.mark.parametrize(
    "who", ["ana@example.invalid", "nobody@example.invalid", "4711", "barred@example.invalid"]
)
def test_whoever_is_tried_costs_one_hash(visitor: Browser, cast: Cast, hashes: list[str], who: str) -> None:
    with transaction() as session:
        omar = session.get_one(Person, cast.omar)
        omar.email, omar.disabled_at = "barred@example.invalid", omar.created_at
    sign_in(visitor, who, "not it at all")

    assert hashes == ["not it at all"]


def test_a_disabled_person_stays_out_with_the_right_password(visitor: Browser, cast: Cast) -> None:
    with transaction() as session:
        ana = session.get_one(Person, cast.ana)
        ana.disabled_at = ana.created_at

    assert sign_in(visitor) == 422


def test_a_password_of_a_thousand_characters_is_not_hashed(
    visitor: Browser, cast: Cast, hashes: list[str]
) -> None:
    assert sign_in(visitor, password="x" * 1000) == 422
    assert hashes == []


def test_each_sign_in_has_a_session_and_a_form_secret_of_its_own(visitor: Browser, cast: Cast) -> None:
    with visitor.client.session_transaction(base_url=visitor.base_url) as stored:
        stored["csrf_token"] = "planted"
    visitor.client.set_cookie("session", "planted", domain="127.0.0.1")
    visitor.get("/sign-in")
    sign_in(visitor)
    first = visitor.client.get_cookie(cookie_name(visitor.app.extensions["settings"]), domain="127.0.0.1")
    with visitor.client.session_transaction(base_url=visitor.base_url) as stored:
        assert stored.get("csrf_token") is None
    sign_in(visitor, "ben@example.invalid")
    second = visitor.client.get_cookie("session", domain="127.0.0.1")

    assert first is not None
    assert second is not None
    assert "planted" != first.value != second.value
    alive = select(func.count()).select_from(SignInSession).where(SignInSession.ended_at.is_(None))
    assert db.session().scalar(alive) == 1


def test_on_a_shared_computer_the_cookie_goes_with_the_browser(
    visitor: Browser, cast: Cast, time: Clock
) -> None:
    sign_in(visitor, shared="y")
    cookie = visitor.client.get_cookie("session", domain="127.0.0.1")
    assert cookie is not None
    assert cookie.expires is None
    assert visitor.get("/account").status_code == 200
    time.forward(minutes=10)

    assert visitor.get("/account").status_code == 303


def test_a_hash_of_older_costs_is_renewed(visitor: Browser, cast: Cast) -> None:
    from argon2 import PasswordHasher

    old = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash(PASSWORD)
    with transaction() as session:
        session.get_one(Person, cast.ana).password_hash = old

    assert sign_in(visitor) == 303
    renewed = db.session().get_one(Person, cast.ana).password_hash
    assert renewed is not None
    assert "m=8,t=1" in renewed
    assert sign_in(visitor) == 303


def test_the_door_is_not_shown_to_somebody_who_is_in(app: Flask, cast: Cast) -> None:
    assert Browser(app).sign_in(cast.ana).get("/sign-in?next=/account").location == "/account"


def test_a_form_without_its_token_is_refused(visitor: Browser, cast: Cast) -> None:
    reply = visitor.post_bare("/sign-in", {"identifier": "ana@example.invalid", "password": PASSWORD})

    assert reply.status_code == 400


def test_empty_fields_are_named(visitor: Browser) -> None:
    reply = visitor.post("/sign-in", {"identifier": "", "password": ""})

    assert reply.status_code == 422
    assert "Type your password." in reply.text


def test_what_cannot_be_seen_is_not_shown_again(visitor: Browser) -> None:
    for typed in ("a\x00b@example.invalid", "\x1b[31m", "\ud800", "<script>alert(1)</script>"):
        typed = typed.encode("utf-8", "replace").decode()
        assert visitor.post("/sign-in", {"identifier": typed, "password": "x"}).status_code == 422


@pytest.mark.parametrize("change", ["disabled", "another password"])
def test_what_changed_while_the_hash_was_computed_counts(app: Flask, cast: Cast, change: str) -> None:
    who = service.recognise(db.session(), "ana@example.invalid", PASSWORD, cheap=True)
    assert who is not None
    with transaction() as session:
        ana = session.get_one(Person, cast.ana)
        if change == "disabled":
            service.disable_person(session, ana, by="operator", at=now())
        else:
            ana.password_hash = "another"

    with transaction() as session:
        assert service.sign_in(session, who, "ana@example.invalid", service.Visit("here"), now()) is None
