"""Signed-in browsers: how long they last, and what ends them at once."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.accounts.conftest import Clock
from tests.browsing import Browser
from tests.people import PASSWORD, Cast
from training.accounts import service
from training.accounts.devices import describe_device
from training.accounts.models import Person, SignInSession
from training.accounts.sessions import hash_of
from training.clock import now
from training.database import db, transaction
from training.teams.models import Role
from training.teams.service import join_team


def is_in(browser: Browser) -> bool:
    return browser.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("who", "idle", "whole"),
    [
        ("ana", timedelta(days=7), timedelta(days=30)),
        ("ben", timedelta(hours=12), timedelta(days=7)),
        ("omar", timedelta(hours=12), timedelta(days=7)),
        ("tova", timedelta(hours=12), timedelta(days=7)),
        ("ada", timedelta(minutes=60), timedelta(hours=12)),
    ],
)
def test_a_session_lasts_as_long_as_the_strictest_of_a_persons_roles_allows(
    app: Flask, cast: Cast, time: Clock, who: str, idle: timedelta, whole: timedelta
) -> None:
    """Omar learns in one team and trains another one's people."""
    with transaction() as session:
        join_team(session, cast.morning_desk, cast.omar, Role.TRAINER, now())
    quiet, busy = (Browser(app).sign_in(getattr(cast, who)) for _ in range(2))
    began = time.at
    time.at = began + idle - timedelta(seconds=1)
    assert is_in(quiet)
    time.at += idle
    assert not is_in(quiet)

    time.at = began
    while time.at + idle / 2 < began + whole:
        assert is_in(busy)
        time.at += idle / 2
    time.at = began + whole - timedelta(seconds=1)
    assert is_in(busy)
    time.at = began + whole
    assert not is_in(busy)


def test_a_shared_computer_is_left_after_ten_quiet_minutes(visitor: Browser, cast: Cast, time: Clock) -> None:
    fields = {"identifier": "ana@example.invalid", "password": PASSWORD, "shared": "y"}
    visitor.post("/sign-in", fields)
    for _ in range(4):
        time.forward(minutes=9)
        assert is_in(visitor)
    time.forward(minutes=10)

    assert not is_in(visitor)


def test_reading_touches_a_session_at_most_every_five_minutes(app: Flask, cast: Cast, time: Clock) -> None:
    ana = Browser(app).sign_in(cast.ana)
    began = time.at
    seen = select(SignInSession.seen_at)
    time.forward(minutes=4, seconds=59)
    assert is_in(ana)
    assert db.session().scalar(seen) == began
    time.forward(seconds=1)
    assert is_in(ana)
    db.session.remove()
    assert db.session().scalar(seen) == time.at


def test_writing_touches_a_session_every_minute(app: Flask, cast: Cast, time: Clock) -> None:
    ana = Browser(app).sign_in(cast.ana)
    seen = select(SignInSession.seen_at)
    time.forward(seconds=60)
    ana.post("/account/name", {"name": "Ana"})
    db.session.remove()

    assert db.session().scalar(seen) == time.at


def test_a_copied_cookie_is_dead_after_signing_out(visitor: Browser, cast: Cast) -> None:
    visitor.post("/sign-in", {"identifier": "ana@example.invalid", "password": PASSWORD})
    kept = visitor.client.get_cookie("session", domain="127.0.0.1")
    assert kept is not None
    assert visitor.post("/sign-out").location == "/sign-in"
    assert visitor.client.get_cookie("session", domain="127.0.0.1") is None
    assert "You are signed out" in visitor.get("/sign-in").text
    visitor.client.set_cookie("session", kept.value, domain="127.0.0.1")

    assert not is_in(visitor)


def test_signing_out_needs_a_form_and_keeps_the_way_back(app: Flask, cast: Cast) -> None:
    ana = Browser(app).sign_in(cast.ana)

    assert ana.get("/sign-out").status_code == 405
    refused = ana.post_bare("/sign-out")
    assert refused.status_code == 400
    assert "Did you send it twice?" in refused.text
    assert is_in(ana)
    assert ana.post("/sign-out", {"next": "/account"}).location == "/sign-in?next=/account"
    assert Browser(app).post("/sign-out", {"next": "//evil.test"}).location == "/sign-in"


def test_the_identity_of_stock_flask_login_means_nothing_here(visitor: Browser, cast: Cast) -> None:
    with visitor.client.session_transaction(base_url=visitor.base_url) as stored:
        stored["_user_id"] = str(cast.ada)
        stored["_fresh"] = True

    assert not is_in(visitor)


def test_a_disabled_person_is_out_at_once(app: Flask, cast: Cast) -> None:
    ana = Browser(app).sign_in(cast.ana)
    with transaction() as session:
        service.disable_person(session, session.get_one(Person, cast.ana), by="operator", at=now())
    assert not is_in(ana)
    with transaction() as session:
        service.enable_person(session, session.get_one(Person, cast.ana), by="operator", at=now())

    assert not is_in(ana)


def test_other_rights_are_another_sign_in(app: Flask, cast: Cast) -> None:
    ana = Browser(app).sign_in(cast.ana)
    with transaction() as session:
        person = session.get_one(Person, cast.ana)
        service.change_rights(session, person, is_trainer=False, is_admin=False, by="operator", at=now())
    assert is_in(ana)
    with transaction() as session:
        person = session.get_one(Person, cast.ana)
        service.change_rights(session, person, is_trainer=True, is_admin=False, by="operator", at=now())

    assert not is_in(ana)


def test_the_database_holds_no_cookie(visitor: Browser, cast: Cast) -> None:
    visitor.post("/sign-in", {"identifier": "ana@example.invalid", "password": PASSWORD})
    cookie = visitor.client.get_cookie("session", domain="127.0.0.1")
    stored = db.session().scalars(select(SignInSession.token_hash)).one()

    assert cookie is not None
    assert len(cookie.value) == 43
    assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Lax", "/")
    assert stored == hash_of(cookie.value) != cookie.value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox · Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari · iPhone",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge · Linux",
        ),
        ("something else", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_so_that_its_owner_knows_it(text: str, words: str) -> None:
    assert describe_device(text) == words


def test_a_session_that_was_left_open_lets_no_barred_person_in(app: Flask, cast: Cast) -> None:
    """Barring ends every session; one that begins at that very moment is no way in either."""
    ana = Browser(app).sign_in(cast.ana)
    with transaction() as session:
        session.get_one(Person, cast.ana).disabled_at = now()

    assert not is_in(ana)
