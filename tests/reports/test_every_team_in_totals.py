"""All teams on one page, from a table that a job rebuilds: numbers for whoever may see them, else shares."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import Cast
from tests.reports.conftest import LONG_AGO, Play
from tests.statements import counted_statements
from training.accounts.models import AuditEntry, Person
from training.attempts.models import AttemptKind
from training.clock import now
from training.database import db, transaction
from training.demo.playing import careless
from training.jobs import jobs_of
from training.reports.models import TeamTotal
from training.reports.totals import rebuild_totals
from training.teams.models import Membership, Role, Team
from training.teams.service import join_team

PAGE = "/progress"


def rows(session: Session) -> dict[int, dict[str, object]]:
    session.rollback()
    return {
        total.team_id: {column.name: getattr(total, column.name) for column in TeamTotal.__table__.columns}
        for total in session.scalars(select(TeamTotal))
    }


def test_the_job_counts_and_counting_again_changes_nothing(
    app: Flask, session: Session, cast: Cast, first_week: date, play: Play
) -> None:
    play(cast.ana, careless)
    at = now()

    assert rebuild_totals(at) == 2
    before = rows(session)
    assert rebuild_totals(at) == 0
    assert rows(session) == before
    with transaction() as writing:
        for total in writing.scalars(select(TeamTotal)):
            writing.delete(total)
    assert rebuild_totals(at) == 2
    assert rows(session) == before

    morning = before[cast.morning_desk]
    del morning["team_id"], morning["as_of"]
    assert morning == {
        "people": 1,
        "asked": 1,
        "late": 1,
        "finished": 0,
        "checked": 1,
        "first_tries": 1,
        "first_passed": 0,
    }
    assert "count-teams" in [job.name for job in jobs_of(app)]


def test_an_archived_team_is_counted_no_longer(session: Session, cast: Cast, first_week: date) -> None:
    rebuild_totals(now())
    with transaction() as writing:
        writing.get_one(Team, cast.night_desk).archived_at = now()
    rebuild_totals(now())

    assert set(rows(session)) == {cast.morning_desk}


def test_practice_changes_no_total(session: Session, cast: Cast, first_week: date, play: Play) -> None:
    at = now()
    rebuild_totals(at)
    before = rows(session)

    play(cast.ana, kind=AttemptKind.PRACTICE)

    assert rebuild_totals(at) == 0
    assert rows(session) == before


def test_a_lead_of_several_teams_has_each_of_them(
    app: Flask, ben: Browser, cast: Cast, first_week: date
) -> None:
    with transaction() as session:
        session.add(Membership(team_id=cast.night_desk, person_id=cast.ben, role=Role.LEAD))
    rebuild_totals(now())
    page = ben.get(PAGE).text

    assert page.index("Morning desk") < page.index("1 of 1") < page.index("Night desk")
    assert 'href="/teams/night-desk/progress"' in page


def test_a_lead_sees_no_other_team(ben: Browser, first_week: date) -> None:
    assert "Night desk" not in ben.get(PAGE).text


def test_a_trainer_sees_shares_from_five_people_on(
    app: Flask, cast: Cast, first_week: date, play: Play
) -> None:
    tova = Browser(app).sign_in(cast.tova)
    rebuild_totals(now())
    few = tova.get(PAGE).text
    assert "fewer than five people" in few
    assert "1 of 1" not in few

    with transaction() as session:
        for number in range(6):
            person = Person(name=f"Learner {number}")
            session.add(person)
            session.flush()
            joined = now() if number < 3 else now() - LONG_AGO
            session.add(Membership(team_id=cast.morning_desk, person_id=person.id, joined_at=joined))
    rebuild_totals(now())
    page = tova.get(PAGE).text

    assert "about 55%" in page  # four of seven are late
    assert "4 of 7" not in page
    assert "Learner" not in page


def test_an_admin_sees_numbers_and_is_noted(
    app: Flask, cast: Cast, first_week: date, session: Session
) -> None:
    rebuild_totals(now())

    assert "1 of 1" in Browser(app).sign_in(cast.ada).get(PAGE).text
    assert session.scalars(select(AuditEntry.action)).all() == ["read every team's totals"]


@pytest.mark.parametrize("who", ["ana", "omar"])
def test_a_learner_has_no_such_page(app: Flask, cast: Cast, who: str) -> None:
    assert Browser(app).sign_in(getattr(cast, who)).get(PAGE).status_code == 404


def test_before_the_first_count_it_says_so(ben: Browser, cast: Cast, first_week: date) -> None:
    assert "not counted yet" in ben.get(PAGE).text


def test_the_page_costs_three_statements_however_many_teams(ben: Browser, first_week: date) -> None:
    with transaction() as session:
        session.add_all(Team(slug=f"desk-{number}", name=f"Desk {number}") for number in range(30))
    rebuild_totals(now())
    ben.get(PAGE)

    with counted_statements(db.engine) as seen:
        assert ben.get(PAGE).status_code == 200

    assert len([one for one in seen if one != "BEGIN"]) <= 3, seen


def test_a_new_lead_sees_the_page_at_once(app: Flask, cast: Cast, first_week: date) -> None:
    with transaction() as session:
        join_team(session, cast.morning_desk, cast.omar, Role.TRAINER, now())

    assert "Morning desk" in Browser(app).sign_in(cast.omar).get(PAGE).text
