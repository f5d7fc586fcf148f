"""A link that lets people into a team: until a day, for so many, taken back at any time."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.accounts.conftest import Clock
from tests.browsing import Browser
from tests.people import PASSWORD, Cast
from training import clock
from training.accounts.models import AuditEntry, Person
from training.clock import now
from training.database import transaction
from training.teams.models import JoinLink, Membership, Role
from training.teams.service import archive_team, join_team
from training.web.i18n import today_here

TEAM = "/teams/morning-desk"
NEW = {"name": "Ines Roth", "who": "Ines@example.invalid", "password": "walnut kettle harbour seven"}


def make(browser: Browser, days: int = 14, places: int = 30) -> str:
    """The path of a fresh link."""
    fields = {"until": (today_here() + timedelta(days=days)).isoformat(), "places": str(places)}
    page = browser.post(f"{TEAM}/links", fields)
    assert page.status_code == 200, page.text
    return page.text.split('value="http://127.0.0.1:8000')[1].split('"')[0]


def role_of(session: Session, team_id: int, person_id: int) -> str | None:
    session.rollback()
    return session.scalar(
        select(Membership.role).where(
            Membership.team_id == team_id, Membership.person_id == person_id, Membership.left_at.is_(None)
        )
    )


def person(session: Session, known_as: str) -> Person | None:
    session.rollback()
    return session.scalar(
        select(Person).where((Person.email == known_as) | (Person.staff_number == known_as))
    )


def test_the_page_says_who_made_it_and_until_when_and_changes_nothing(
    ben: Browser, visitor: Browser, session: Session
) -> None:
    path = make(ben)

    for _ in range(2):
        page = visitor.get(path)
        assert "Join Morning desk" in page.text
        assert "Ben Okafor made this link." in page.text
        assert page.headers["Referrer-Policy"] == "strict-origin"
    assert session.scalar(select(JoinLink.joined)) == 0


def test_somebody_new_makes_an_account_and_is_in(
    ben: Browser, visitor: Browser, cast: Cast, session: Session
) -> None:
    assert visitor.post(make(ben), NEW).status_code == 303

    ines = person(session, "ines@example.invalid")
    assert ines is not None
    assert (ines.name, ines.is_admin, ines.is_trainer) == ("Ines Roth", False, False)
    assert role_of(session, cast.morning_desk, ines.id) == "learner"
    assert "Ines" in visitor.get("/account").text
    assert "1 of 30 came in" in ben.get(f"{TEAM}/links").text


def test_a_staff_number_will_do(ben: Browser, visitor: Browser, session: Session) -> None:
    assert visitor.post(make(ben), {**NEW, "who": "d 118"}).status_code == 303

    assert person(session, "D118") is not None


def test_somebody_signed_in_joins_with_the_account_they_have(
    ben: Browser, omar: Browser, cast: Cast, session: Session
) -> None:
    path = make(ben)

    assert "You are Omar Haddad." in omar.get(path).text
    assert omar.post(path).location == TEAM
    assert role_of(session, cast.morning_desk, cast.omar) == "learner"
    assert role_of(session, cast.night_desk, cast.omar) == "learner"
    assert session.scalar(select(func.count()).select_from(Person)) == 6


def test_somebody_with_an_account_signs_in_on_the_way(ben: Browser, visitor: Browser, cast: Cast) -> None:
    path = make(ben)

    assert f"/sign-in?next={path}" in visitor.get(path).text
    reply = visitor.post(
        f"/sign-in?next={path}", {"identifier": "omar@example.invalid", "password": PASSWORD}
    )
    assert reply.location == path


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_who_is_in_the_team_stays_what_they_are_and_takes_no_place(
    ben: Browser, app: Flask, cast: Cast, session: Session, who: str
) -> None:
    path, before = make(ben), role_of(session, cast.morning_desk, getattr(cast, who))

    assert Browser(app).sign_in(getattr(cast, who)).post(path).location == TEAM
    assert role_of(session, cast.morning_desk, getattr(cast, who)) == before
    assert session.scalar(select(JoinLink.joined)) == 0


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Type your name."),
        ("who", "", "Type your e-mail or staff number."),
        ("who", "a@b@c.org", "neither an e-mail address nor a staff number"),
        ("who", "ana@example.invalid", "Somebody has this already."),
        ("password", "short", "Use 12 characters or more."),
        ("password", "morning desk 12", "made of your name"),
    ],
)
def test_what_cannot_be_is_given_back_and_takes_no_place(
    ben: Browser, visitor: Browser, session: Session, field: str, value: str, words: str
) -> None:
    reply = visitor.post(make(ben), {**NEW, field: value})

    assert (reply.status_code, words in reply.text) == (422, True)
    assert session.scalar(select(func.count()).select_from(Person)) == 6
    assert session.scalar(select(JoinLink.joined)) == 0


def test_the_last_place_is_taken_once(ben: Browser, app: Flask, visitor: Browser, session: Session) -> None:
    path = make(ben, places=1)
    assert visitor.post(path, NEW).status_code == 303

    late = Browser(app).post(path, {**NEW, "who": "late@example.invalid"})
    assert late.status_code == 410
    assert "As many people came in by it as it was made for." in late.text
    assert person(session, "late@example.invalid") is None


def test_a_link_ends_with_its_last_day(ben: Browser, app: Flask) -> None:
    hand = Clock(now())
    with clock.running(hand):
        path = make(ben, days=1)
        hand.forward(days=2, hours=1)
        for reply in (Browser(app).get(path), Browser(app).post(path, NEW)):
            assert reply.status_code == 410
            assert "It was good until a day that is past." in reply.text


def test_a_link_that_was_ended_lets_nobody_in(
    ben: Browser, ada: Browser, app: Flask, session: Session
) -> None:
    path = make(ben)
    public_id = session.scalars(select(JoinLink.public_id)).one()

    for _ in range(2):
        assert ada.post(f"{TEAM}/links/{public_id}/end").location == f"{TEAM}/links"
    reply = Browser(app).post(path, NEW)
    assert (reply.status_code, "Somebody of Morning desk ended it" in reply.text) == (410, True)
    session.rollback()
    said = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert said == ["join link made", "join link ended"]


def test_archiving_the_team_ends_its_links(ben: Browser, visitor: Browser, cast: Cast) -> None:
    path = make(ben)
    with transaction() as session:
        archive_team(session, cast.morning_desk, now())

    assert visitor.post(path, NEW).status_code == 410


def test_another_secret_opens_nothing(visitor: Browser) -> None:
    for secret in ("bent", "x" * 500):
        assert visitor.get(f"/t/join/{secret}").status_code == 404
        assert visitor.post(f"/t/join/{secret}", NEW).status_code == 404


def test_the_secret_is_nowhere_in_the_database_and_shown_once(ben: Browser, session: Session) -> None:
    secret = make(ben).rsplit("/", 1)[1]

    assert secret not in ben.get(f"{TEAM}/links").text
    assert session.scalars(select(JoinLink.token_hash)).one() != secret


@pytest.mark.parametrize("who", ["ana", "omar", "tova"])
def test_nobody_else_makes_links(who: str, request: pytest.FixtureRequest) -> None:
    browser: Browser = request.getfixturevalue(who)

    assert browser.get(f"{TEAM}/links").status_code == 404
    assert (
        browser.post(f"{TEAM}/links", {"until": today_here().isoformat(), "places": "1"}).status_code == 404
    )


def test_a_trainer_of_the_team_does(tova: Browser, cast: Cast) -> None:
    with transaction() as session:
        join_team(session, cast.morning_desk, cast.tova, Role.TRAINER, now())
    tova.sign_in(cast.tova)  # another role is another sign-in

    assert make(tova).startswith("/t/join/")


@pytest.mark.parametrize(
    ("days", "places"), [(-1, "5"), (91, "5"), (5, "0"), (5, "501"), (5, "many"), (None, "5")]
)
def test_a_link_that_cannot_be_is_not_made(
    ben: Browser, session: Session, days: int | None, places: str
) -> None:
    until = (today_here() + timedelta(days=days)).isoformat() if days is not None else "soon"

    assert ben.post(f"{TEAM}/links", {"until": until, "places": places}).status_code == 422
    assert session.scalar(select(func.count()).select_from(JoinLink)) == 0


def test_making_accounts_over_and_over_is_slowed(ben: Browser, app: Flask) -> None:
    path = make(ben, places=500)
    taken = {**NEW, "who": "ana@example.invalid"}

    statuses = {Browser(app).post(path, taken).status_code for _ in range(41)}
    assert statuses == {422, 429}
