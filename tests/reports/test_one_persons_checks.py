"""A person's page for their lead: every finished check of this team, first try apart; never a reply."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import Cast
from tests.reports.conftest import Play
from training.accounts.models import AuditEntry, Person
from training.attempts.models import Attempt
from training.clock import now
from training.database import transaction
from training.demo.playing import careless
from training.teams.models import Role
from training.teams.service import join_team


@pytest.fixture
def page(session: Session, cast: Cast) -> str:
    public_id = session.scalars(select(Person.public_id).where(Person.id == cast.ana)).one()
    return f"/teams/morning-desk/people/{public_id}"


def test_before_the_first_check_it_says_what_will_be_here(ben: Browser, first_week: date, page: str) -> None:
    assert "No check yet" in ben.get(page).text


def test_each_try_has_its_line_and_the_first_its_name(
    ben: Browser, first_week: date, page: str, cast: Cast, play: Play
) -> None:
    play(cast.ana, careless)
    play(cast.ana)

    text = ben.get(page).text

    assert text.index("First try") < text.index("Try 2")
    assert "Not passed yet" in text
    assert "100%" in text


def test_a_check_taken_for_another_team_stays_there(
    ben: Browser, first_week: date, page: str, cast: Cast, play: Play, answer: Callable[..., None]
) -> None:
    """That it was passed makes the module done; how it went is the other team's."""
    answer(cast.ana)
    play(cast.ana)
    with transaction() as session:
        session.execute(update(Attempt).values(team_id=cast.night_desk))

    text = ben.get(page).text

    assert "No check yet" in text
    assert "Done" in text
    assert "100%" not in text


def test_only_people_of_the_team_have_a_page_there(
    ben: Browser, first_week: date, session: Session, cast: Cast
) -> None:
    omar = session.scalars(select(Person.public_id).where(Person.id == cast.omar)).one()

    assert ben.get(f"/teams/morning-desk/people/{omar}").status_code == 404
    assert ben.get("/teams/morning-desk/people/nobody").status_code == 404


@pytest.mark.parametrize("learns_there", [False, True])
def test_an_admins_look_is_noted_with_whom_it_was_at(
    app: Flask, first_week: date, page: str, cast: Cast, session: Session, learns_there: bool
) -> None:
    if learns_there:
        with transaction() as writing:
            join_team(writing, cast.morning_desk, cast.ada, Role.LEARNER, now())
    Browser(app).sign_in(cast.ada).get(page)

    noted = session.scalars(select(AuditEntry)).one()
    assert (noted.action, noted.subject) == ("read a person's checks", page.rsplit("/", 1)[1])
