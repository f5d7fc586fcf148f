"""A team's page: names for learners, and what a lead can do about them."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import Cast
from training import clock
from training.accounts.models import AuditEntry
from training.clock import now
from training.database import transaction
from training.teams.models import Role, Team
from training.teams.service import join_team, leave_team


def test_a_learner_sees_names_and_no_roles(ana: Browser) -> None:
    page = ana.get("/teams/morning-desk").text

    assert "Ana Duarte" in page
    assert "Ben Okafor" in page
    assert "Lead" not in page
    assert "Sign-in code" not in page


def test_a_lead_sees_who_is_what_and_what_to_do(ben: Browser) -> None:
    page = ben.get("/teams/morning-desk").text

    assert "the only one, so they stay" in page
    assert page.count("Sign-in code") == 1
    assert "Invite somebody" in page


def test_people_of_another_team_get_the_same_page_as_for_no_team(omar: Browser) -> None:
    assert omar.get("/teams/morning-desk").status_code == 404
    assert omar.get("/teams/no-such-desk").status_code == 404


def test_whoever_has_one_team_goes_straight_there_and_its_lead_to_how_it_is_doing(
    ana: Browser, ben: Browser
) -> None:
    assert ana.get("/teams").location == "/teams/morning-desk"
    assert ben.get("/teams").location == "/teams/morning-desk/progress"


def test_a_trainer_and_an_admin_choose_among_all(tova: Browser, ada: Browser) -> None:
    for browser in (tova, ada):
        page = browser.get("/teams").text
        assert "Morning desk" in page
        assert "Night desk" in page


def test_somebody_in_two_teams_chooses(cast: Cast, omar: Browser) -> None:
    with transaction() as session:
        join_team(session, cast.morning_desk, cast.omar, Role.LEARNER, now())

    page = omar.get("/teams")

    assert page.status_code == 200
    assert page.text.count("your team") == 2


def test_somebody_in_no_team_is_told_what_will_be_here(cast: Cast, app: Flask) -> None:
    with transaction() as session:
        leave_team(session, cast.morning_desk, cast.ana, now())

    assert "You are in no team yet" in Browser(app).sign_in(cast.ana).get("/teams").text


def test_an_admin_makes_a_team(ada: Browser, session: Session) -> None:
    assert "What people on the desk call it" in ada.get("/teams/new").text
    reply = ada.post("/teams", {"name": "  Late desk "})

    assert reply.location == "/teams/late-desk"
    assert session.scalars(select(Team.name).where(Team.slug == "late-desk")).one() == "Late desk"


def test_a_form_that_comes_twice_makes_one_team(ada: Browser, session: Session) -> None:
    first = ada.post("/teams", {"name": "Late desk"}).location

    assert ada.post("/teams", {"name": "Late desk"}).location == first
    assert len(session.scalars(select(Team).where(Team.name == "Late desk")).all()) == 1

    with clock.running(lambda: datetime.now(UTC) + timedelta(minutes=6)):
        assert ada.post("/teams", {"name": "Late desk"}).location == "/teams/late-desk-2"


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "Morning\u202edesk"])
def test_a_team_needs_a_plain_name(ada: Browser, name: str) -> None:
    reply = ada.post("/teams", {"name": name})

    assert reply.status_code == 422
    assert "nothing you typed is lost" in reply.text


def test_a_lead_renames_the_team_and_links_keep_working(ben: Browser, session: Session) -> None:
    assert "Morning desk" in ben.get("/teams/morning-desk/name").text
    assert ben.post("/teams/morning-desk/name", {"name": "Early desk"}).status_code == 303
    assert ben.post("/teams/morning-desk/name", {"name": ""}).status_code == 422

    assert "Early desk" in ben.get("/teams/morning-desk").text
    assert session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()[-1] == "team renamed"


@pytest.mark.parametrize("who", ["ana", "tova", "omar"])
def test_only_a_lead_or_an_admin_renames_it(who: str, request: pytest.FixtureRequest) -> None:
    browser: Browser = request.getfixturevalue(who)

    assert browser.get("/teams/morning-desk/name").status_code == 404
    assert browser.post("/teams/morning-desk/name", {"name": "Mine"}).status_code == 404


def test_many_teams_come_in_pages(ada: Browser) -> None:
    with transaction() as session:
        session.add_all(Team(slug=f"desk-{number}", name=f"Desk {number:03}") for number in range(60))

    assert "Desk 000" in ada.get("/teams").text
    assert "Night desk" in ada.get("/teams?page=2").text
    assert ada.get("/teams?page=3").status_code == 404
