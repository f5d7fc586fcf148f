"""How people come in: by an invitation that works once."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.accounts.conftest import Clock, link_in, mails
from tests.browsing import Browser
from tests.people import Cast
from training.accounts import service
from training.accounts.models import AuditEntry, Person
from training.accounts.token_models import Invitation
from training.accounts.tokens import token_url
from training.clock import now
from training.database import db, transaction

PASSWORD = "walnut kettle harbour seven"
BASE = "http://127.0.0.1:8000"


def invite(**who: object) -> str:
    """The path of a fresh invitation."""
    with transaction() as session:
        secret = service.invite(session, service.Invitee(**who), by=None, at=now())  # type: ignore[arg-type]
    return token_url("", "invitation", secret)


def join(browser: Browser, path: str, **fields: str) -> int:
    return browser.post(path, {"name": "Noor Haddad", "password": PASSWORD, **fields}).status_code


def test_accepting_makes_the_person_and_signs_them_in(visitor: Browser) -> None:
    path = invite(name="Noor", email="noor@example.invalid")
    assert 'value="Noor"' in visitor.get(path).text
    assert join(visitor, path) == 303

    assert "noor@example.invalid" in visitor.get("/account").text
    person = db.session().scalars(select(Person)).one()
    assert (person.name, person.is_admin, person.is_trainer) == ("Noor Haddad", False, False)


def test_an_invitation_is_mailed_and_works_once_within_seven_days(visitor: Browser, time: Clock) -> None:
    invite(name="Noor", email="noor@example.invalid")
    path = link_in(mails("invitation")[0])
    time.forward(days=6, hours=23)
    assert visitor.get(path).status_code == 200
    time.forward(hours=1)
    assert visitor.get(path).status_code == 404

    again = invite(name="Noor", email="noor@example.invalid")
    assert join(visitor, again) == 303
    assert visitor.post(again, {"name": "X", "password": PASSWORD}).status_code == 404


def test_somebody_without_a_mailbox_joins_with_a_staff_number(app: Flask, visitor: Browser) -> None:
    path = invite(name="Noor", staff_number="TH-0417")
    assert mails("invitation") == []
    assert join(visitor, path) == 303

    other = Browser(app)
    reply = other.post("/sign-in", {"identifier": "th-0417", "password": PASSWORD})
    assert reply.status_code == 303


def test_the_address_of_an_invitation_cannot_be_swapped(visitor: Browser) -> None:
    path = invite(name="Noor", email="noor@example.invalid")
    join(visitor, path, email="other@example.invalid", makes_admin="y", is_admin="y")

    person = db.session().scalars(select(Person)).one()
    assert (person.email, person.is_admin) == ("noor@example.invalid", False)


def test_teams_are_told_in_the_same_transaction(app: Flask, visitor: Browser, cast: Cast) -> None:
    told: list[tuple[str, int | None, str]] = []

    def on_accepted(_session: Session, person: Person, invitation: Invitation) -> None:
        told.append((person.name, invitation.team_id, invitation.role))

    app.extensions["on_accepted"].append(on_accepted)
    join(visitor, invite(name="N", email="noor@example.invalid", team_id=cast.morning_desk, role="lead"))

    assert told == [("Noor Haddad", cast.morning_desk, "lead")]


def test_if_a_team_refuses_nobody_is_made_and_the_invitation_lives(app: Flask, visitor: Browser) -> None:
    def refuse(_session: Session, _person: Person, _invitation: Invitation) -> None:
        raise RuntimeError("the team is gone")

    app.extensions["on_accepted"].append(refuse)
    path = invite(name="N", email="noor@example.invalid")
    assert join(visitor, path) == 500
    app.extensions["on_accepted"].remove(refuse)

    assert db.session().scalars(select(Person)).all() == []
    assert join(visitor, path) == 303


def test_nobody_is_invited_who_is_here(cast: Cast) -> None:
    with pytest.raises(service.AlreadyHereError) as refused:
        invite(name="Ana", email="ana@example.invalid")

    assert refused.value.person_id == cast.ana


def test_an_address_taken_meanwhile_leads_to_sign_in(visitor: Browser, cast: Cast) -> None:
    path = invite(name="Noor", email="noor@example.invalid")
    with transaction() as session:
        session.get_one(Person, cast.omar).email = "noor@example.invalid"
    reply = visitor.post(path, {"name": "Noor", "password": PASSWORD})

    assert reply.location == "/sign-in"
    assert "You already have an account here" in visitor.get("/sign-in").text


def test_the_first_admin_comes_in_by_a_link_that_asks_for_their_address(visitor: Browser) -> None:
    with transaction() as session:
        older = service.first_admin_link(session, BASE, now())
    with transaction() as session:
        link = service.first_admin_link(session, BASE, now())
    assert link is not None
    assert older is not None
    path = link.removeprefix(BASE)
    assert (
        join(visitor, older.removeprefix(BASE)) == 422
    )  # another host's, or from before it was started again
    assert join(visitor, path) == 422
    assert join(visitor, path, email="not an address") == 422
    assert join(visitor, path, email="Noor@Example.Invalid") == 303

    person = db.session().scalars(select(Person)).one()
    assert (person.email, person.is_admin) == ("noor@example.invalid", True)
    with transaction() as session:
        assert service.first_admin_link(session, BASE, now()) is None
    assert Browser(visitor.app).get(older.removeprefix(BASE)).status_code == 404, "one of them was used"


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "Use 12 characters or more."),
        ("x" * 257, "Use 256 characters or fewer."),
        ("123456789012", "This is a pattern"),
        ("Welcome2024!", "guessed early"),
        ("noor haddad 1", "made of your name"),
    ],
)
def test_a_password_that_is_guessed_early_is_refused(visitor: Browser, password: str, words: str) -> None:
    path = invite(name="Noor Haddad", email="noor@example.invalid")
    reply = visitor.post(path, {"name": "Noor Haddad", "password": password})

    assert reply.status_code == 422
    assert words in reply.text
    assert password not in reply.text


def test_a_name_is_what_can_be_seen(visitor: Browser) -> None:
    path = invite(name="Noor", email="noor@example.invalid")

    for name in ("", "   ", "a\x00b", "a\u202eb", "x" * 121):
        assert join(visitor, path, name=name) == 422
    assert join(visitor, path, name="  No\u0308or   Haddad ") == 303
    assert db.session().scalars(select(Person)).one().name == "Nöor Haddad"


def test_the_log_says_who_was_invited_and_who_came(visitor: Browser) -> None:
    join(visitor, invite(name="Noor", email="noor@example.invalid"))
    person = db.session().scalars(select(Person)).one()

    said = [(row.actor, row.action) for row in db.session().scalars(select(AuditEntry))]
    assert said == [("operator", "invited"), (person.public_id, "joined")]
