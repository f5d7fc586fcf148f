"""A lead invites, reads out sign-in codes and lets people go; an admin decides who leads and who trains."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import PASSWORD, Cast
from training.accounts.models import AuditEntry, Person, SignInSession
from training.accounts.token_models import Invitation, SignInCode
from training.clock import now
from training.database import transaction
from training.teams.models import Membership, Role
from training.teams.service import join_team

TEAM = "/teams/morning-desk"


def public_id(session: Session, person_id: int) -> str:
    return session.scalars(select(Person.public_id).where(Person.id == person_id)).one()


def current_role(session: Session, team_id: int, person_id: int) -> str | None:
    session.rollback()  # what was read before is old
    return session.scalar(
        select(Membership.role).where(
            Membership.team_id == team_id, Membership.person_id == person_id, Membership.left_at.is_(None)
        )
    )


def test_an_invitation_by_mail_makes_a_learner_of_the_team(
    ben: Browser, app: Flask, cast: Cast, session: Session
) -> None:
    assert ben.get(f"{TEAM}/invitations/new").status_code == 200
    reply = ben.post(f"{TEAM}/invitations", {"name": "Ines Roth", "who": "Ines@Example.invalid"})
    assert reply.location == TEAM
    assert "on its way" in ben.get(TEAM).text

    invitation = session.scalars(select(Invitation)).one()
    assert (invitation.email, invitation.team_id, invitation.role) == (
        "ines@example.invalid",
        cast.morning_desk,
        "learner",
    )


def test_a_staff_number_gets_a_link_that_is_shown_once(
    ben: Browser, app: Flask, cast: Cast, session: Session
) -> None:
    page = ben.post(f"{TEAM}/invitations", {"name": "Ines Roth", "who": "d-118"})

    link = page.text.split('value="http://127.0.0.1:8000')[1].split('"')[0]
    new = Browser(app)
    assert new.get(link).status_code == 200
    fields = {"name": "Ines Roth", "password": "a quiet lamp by the river"}
    assert new.post(link, fields).status_code == 303
    ines = session.scalars(select(Person).where(Person.staff_number == "D-118")).one()
    assert current_role(session, cast.morning_desk, ines.id) == "learner"


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("", "a@example.invalid"),
        ("Ines", ""),
        ("Ines", "a@b@c"),
        ("Ines", "a b, c"),
        ("Ines", "ana@example.invalid"),
    ],
)
def test_an_invitation_that_cannot_be_is_given_back(
    ben: Browser, session: Session, name: str, who: str
) -> None:
    reply = ben.post(f"{TEAM}/invitations", {"name": name, "who": who})

    assert reply.status_code == 422
    assert session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_a_code_is_shown_once_and_signs_that_person_in(
    ben: Browser, app: Flask, cast: Cast, session: Session
) -> None:
    page = ben.post(f"{TEAM}/people/{public_id(session, cast.ana)}/codes")

    code = page.text.split("<code>")[1].split("</code>")[0]
    assert len(code.replace(" ", "")) == 8
    assert code not in ben.get(TEAM).text
    assert Browser(app).post("/sign-in/code", {"code": code}).status_code == 303
    noted = session.scalars(select(AuditEntry.action)).all()
    assert "sign-in code issued" in noted


@pytest.mark.parametrize("who", ["ana", "tova", "omar"])
def test_nobody_else_hands_out_codes(
    who: str, request: pytest.FixtureRequest, cast: Cast, session: Session
) -> None:
    browser: Browser = request.getfixturevalue(who)

    reply = browser.post(f"{TEAM}/people/{public_id(session, cast.ana)}/codes")

    assert reply.status_code == 404
    assert session.scalar(select(func.count()).select_from(SignInCode)) == 0


@pytest.mark.parametrize("who", ["tova", "ada", "lena", "ben"])
def test_a_code_never_lends_more_rights_than_a_learner_has(
    ben: Browser, cast: Cast, session: Session, who: str
) -> None:
    """A lead who could sign in as an admin would be one."""
    person_id = getattr(cast, who)
    if who != "ben":
        with transaction() as writing:
            join_team(writing, cast.morning_desk, person_id, Role.LEARNER, now())

    assert ben.post(f"{TEAM}/people/{public_id(session, person_id)}/codes").status_code == 404


def test_a_lead_lets_a_learner_go(ben: Browser, cast: Cast, session: Session) -> None:
    path = f"{TEAM}/people/{public_id(session, cast.ana)}/removal"
    assert "Remove Ana Duarte from Morning desk?" in ben.get(path).text
    assert current_role(session, cast.morning_desk, cast.ana) == "learner"

    assert ben.post(path).location == TEAM
    assert current_role(session, cast.morning_desk, cast.ana) is None
    assert ben.post(path).status_code == 404


def test_the_last_lead_stays(ben: Browser, ada: Browser, cast: Cast, session: Session) -> None:
    path = f"{TEAM}/people/{public_id(session, cast.ben)}/removal"

    for browser in (ben, ada):
        assert browser.post(path).status_code == 422
    assert "Make somebody else its lead first" in ben.post(path).text
    assert current_role(session, cast.morning_desk, cast.ben) == "lead"


def test_a_lead_cannot_remove_another_lead_but_an_admin_can(
    ben: Browser, ada: Browser, cast: Cast, session: Session
) -> None:
    with transaction() as writing:
        join_team(writing, cast.morning_desk, cast.lena, Role.LEAD, now())
    path = f"{TEAM}/people/{public_id(session, cast.lena)}/removal"

    assert ben.post(path).status_code == 404
    assert ada.post(path).status_code == 303


def test_an_admin_who_does_not_lead_the_team_proves_it_first_and_a_lead_need_not(
    ada: Browser, ben: Browser, cast: Cast, session: Session
) -> None:
    with transaction() as writing:
        for one in writing.scalars(select(SignInSession)):
            one.confirmed_at = now() - timedelta(minutes=16)
    path = f"{TEAM}/people/{public_id(session, cast.ana)}/removal"

    assert "Your password" in ada.get(path).text
    assert ada.post(path).status_code == 422
    assert current_role(session, cast.morning_desk, cast.ana) == "learner"
    assert "Your password" not in ben.get(path).text
    assert ben.post(path).status_code == 303


def test_a_lead_beside_another_may_go(ben: Browser, cast: Cast, session: Session) -> None:
    with transaction() as writing:
        join_team(writing, cast.morning_desk, cast.lena, Role.LEAD, now())

    assert ben.post(f"{TEAM}/people/{public_id(session, cast.ben)}/removal").location == "/teams"
    assert current_role(session, cast.morning_desk, cast.ben) is None


def test_an_admin_makes_somebody_a_lead(ada: Browser, cast: Cast, session: Session) -> None:
    assert "Your password" not in ada.get(f"{TEAM}/memberships/new").text
    reply = ada.post(f"{TEAM}/memberships", {"who": "ana@example.invalid", "role": "lead"})

    assert reply.location == TEAM
    assert current_role(session, cast.morning_desk, cast.ana) == "lead"


def test_after_a_while_an_admin_is_asked_for_the_password(ada: Browser, cast: Cast, session: Session) -> None:
    with transaction() as writing:
        for one in writing.scalars(select(SignInSession)):
            one.confirmed_at = now() - timedelta(minutes=16)
    fields = {"who": "ana@example.invalid", "role": "lead"}

    assert "Your password" in ada.get(f"{TEAM}/memberships/new").text
    assert ada.post(f"{TEAM}/memberships", fields).status_code == 422
    assert ada.post(f"{TEAM}/memberships", {**fields, "current": "not it, not it"}).status_code == 422
    assert current_role(session, cast.morning_desk, cast.ana) == "learner"
    assert ada.post(f"{TEAM}/memberships", {**fields, "current": PASSWORD}).status_code == 303
    assert current_role(session, cast.morning_desk, cast.ana) == "lead"


@pytest.mark.parametrize("fields", [{"who": "nobody@example.invalid"}, {"who": ""}, {"role": "admin"}])
def test_a_membership_that_cannot_be_is_given_back(ada: Browser, fields: dict[str, str]) -> None:
    reply = ada.post(f"{TEAM}/memberships", {"who": "ana@example.invalid", "role": "learner", **fields})

    assert reply.status_code == 422


@pytest.mark.parametrize("who", ["ana", "ben", "tova", "omar"])
def test_only_an_admin_gives_roles(who: str, request: pytest.FixtureRequest) -> None:
    browser: Browser = request.getfixturevalue(who)

    assert browser.get(f"{TEAM}/memberships/new").status_code == 404
    assert browser.post(f"{TEAM}/memberships", {"who": "omar@example.invalid"}).status_code == 404
