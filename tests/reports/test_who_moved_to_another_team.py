"""Moving takes nobody's history along: each lead sees what was finished in their own team, and no more."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import Cast
from tests.reports.conftest import Play
from training.accounts.models import Person
from training.attempts.models import AttemptKind
from training.clock import now
from training.database import transaction
from training.demo.playing import careless
from training.teams.models import Role
from training.teams.service import leave_team, move_person


@pytest.fixture
def lena(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.lena)


@pytest.fixture
def moved(first_week: object, cast: Cast, play: Play, session: Session) -> str:
    """Ana finished a check at the morning desk, then moved to the night desk. Her public id."""
    play(cast.ana, careless)
    play(cast.ana)
    play(cast.ana, kind=AttemptKind.PRACTICE)
    with transaction() as writing:
        move_person(writing, cast.ana, cast.morning_desk, cast.night_desk, Role.LEARNER, now())
    return session.get_one(Person, cast.ana).public_id


def test_the_old_lead_still_sees_what_was_finished_in_their_team(ben: Browser, moved: str) -> None:
    assert "1 person who was here" in ben.get("/teams/morning-desk").text
    page = ben.get(f"/teams/morning-desk/people/{moved}").text

    assert "In this team until" in page
    assert "100%" in page
    assert "Ana Duarte" not in ben.get("/teams/morning-desk/progress").text


def test_the_new_lead_sees_nothing_of_what_was_before(lena: Browser, moved: str) -> None:
    page = lena.get(f"/teams/night-desk/people/{moved}").text

    assert "No check yet" in page
    assert "100%" not in page


@pytest.mark.parametrize("path", ["/teams/morning-desk", "/teams/morning-desk/people/{}"])
def test_nobody_gets_into_the_other_team_by_it(
    ben: Browser, lena: Browser, app: Flask, cast: Cast, moved: str, path: str
) -> None:
    assert lena.get(path.format(moved)).status_code == 404
    assert ben.get(path.replace("morning", "night").format(moved)).status_code == 404
    assert Browser(app).sign_in(cast.ana).get(path.format(moved)).status_code == 404


def test_a_check_taken_after_the_move_is_not_the_old_lead_s(
    ben: Browser, first_week: object, cast: Cast, play: Play, session: Session
) -> None:
    """Practice after the move is nobody's; a check is the new team's. The old page shows neither."""
    with transaction() as writing:
        leave_team(writing, cast.morning_desk, cast.ana, now())
    play(cast.ana, kind=AttemptKind.PRACTICE)
    public_id = session.get_one(Person, cast.ana).public_id

    page = ben.get(f"/teams/morning-desk/people/{public_id}").text
    assert "No check was finished here" in page


def test_who_comes_back_is_among_the_people_again(ben: Browser, cast: Cast, moved: str) -> None:
    with transaction() as writing:
        move_person(writing, cast.ana, cast.night_desk, cast.morning_desk, Role.LEARNER, now())

    page = ben.get("/teams/morning-desk").text
    assert "who was here" not in page
    assert "Try 2" in ben.get(f"/teams/morning-desk/people/{moved}").text


def test_somebody_disabled_keeps_their_results_with_the_team(
    ben: Browser, cast: Cast, play: Play, first_week: object, session: Session
) -> None:
    play(cast.ana)
    with transaction() as writing:
        writing.get_one(Person, cast.ana).disabled_at = now()
    public_id = session.get_one(Person, cast.ana).public_id

    assert "100%" in ben.get(f"/teams/morning-desk/people/{public_id}").text


@pytest.mark.parametrize("who", ["omar", "tova", "ana"])
def test_nobody_else_sees_who_was_here(app: Flask, cast: Cast, moved: str, who: str) -> None:
    browser = Browser(app).sign_in(getattr(cast, who))

    assert "who was here" not in browser.get("/teams/morning-desk").text
    assert browser.get(f"/teams/morning-desk/people/{moved}").status_code == 404
