"""A code that a lead reads out to somebody of their team."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from tests.accounts.conftest import Clock
from tests.browsing import Browser
from tests.people import Cast
from training.accounts import service
from training.accounts.models import AuditEntry, Person
from training.accounts.rules import CODE_ALPHABET, clean_code, spaced_code
from training.accounts.token_models import SignInCode
from training.clock import now
from training.database import db, transaction
from training.viewer import Viewer


def issue(cast: Cast) -> str:
    with transaction() as session:
        ben = session.get_one(Person, cast.ben)
        by = Viewer(ben.id, ben.public_id, ben.name, False, False, True, 0, False)
        return service.issue_code(session, session.get_one(Person, cast.ana), by, now())


def test_a_code_signs_in_once(visitor: Browser, cast: Cast) -> None:
    code = issue(cast)
    assert visitor.post("/sign-in/code", {"code": code}).location == "/"
    assert "Ana Duarte" in visitor.get("/account").text

    again = visitor.post("/sign-in/code", {"code": code})
    assert again.status_code == 422
    assert "Ask your lead for a new one" in again.text


def test_a_code_may_be_typed_as_it_was_heard(visitor: Browser, cast: Cast) -> None:
    code = issue(cast)

    assert visitor.post("/sign-in/code", {"code": f" {spaced_code(code).lower()}-"}).status_code == 303


def test_a_code_has_no_characters_that_sound_or_look_alike() -> None:
    assert not set("0O1IL") & set(CODE_ALPHABET)
    assert clean_code("abcd") == clean_code("ABCD-EFG0") == clean_code("ABCDEFGHJ") == ""


def test_a_code_is_good_for_fifteen_minutes(visitor: Browser, cast: Cast, time: Clock) -> None:
    code = issue(cast)
    time.forward(minutes=15)

    assert visitor.post("/sign-in/code", {"code": code}).status_code == 422


def test_only_the_newest_code_counts(visitor: Browser, cast: Cast) -> None:
    older, newer = issue(cast), issue(cast)

    assert visitor.post("/sign-in/code", {"code": older}).status_code == 422
    assert visitor.post("/sign-in/code", {"code": newer}).status_code == 303


def test_guessing_is_slowed(visitor: Browser, time: Clock) -> None:
    for _ in range(99):
        with transaction() as session:
            service.admit_code_try(session, "127.0.0.1", now())
    replies = [visitor.post("/sign-in/code", {"code": "22222222"}).status_code for _ in range(2)]

    assert replies == [422, 429]


def test_a_code_does_not_prove_who_is_there_to_whoever_has_a_mailbox(app: Flask, cast: Cast) -> None:
    """The lead knows it too, and nobody sets another's password."""
    new = {"password": "walnut kettle harbour seven", "current": ""}
    browser = Browser(app)
    browser.post("/sign-in/code", {"code": issue(cast)})
    assert browser.post("/account/password", new).status_code == 422
    assert (
        browser.post("/account/e-mail", {"email": "ben@elsewhere.example", "current": ""}).status_code == 422
    )

    with transaction() as session:
        ana = session.get_one(Person, cast.ana)
        ana.email, ana.staff_number = None, "S7"
    browser = Browser(app)
    browser.post("/sign-in/code", {"code": issue(cast)})
    assert browser.post("/account/password", new).status_code == 303


def test_what_is_stored_is_not_the_code_and_the_log_says_who_issued_it(app: Flask, cast: Cast) -> None:
    code = issue(cast)
    stored = db.session().scalars(select(SignInCode)).one()
    entry = db.session().scalars(select(AuditEntry)).one()
    ben = db.session().get_one(Person, cast.ben)

    assert code not in stored.token_hash
    assert stored.expires_at - stored.created_at == timedelta(minutes=15)
    assert (entry.actor, entry.action) == (ben.public_id, "sign-in code issued")
