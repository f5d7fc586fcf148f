"""Fictional people: only in an empty database, gone for good once removed."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import make_cast
from training.accounts.models import Person
from training.assignments.models import Assignment, CheckAllowance, Extension
from training.attempts.models import Attempt, AttemptKind
from training.attempts.verifying import verify_attempts
from training.clock import now
from training.database import Base, transaction
from training.demo.queries import demo_people_exist
from training.library.discussion.models import Comment, CommentRemoval
from training.mail.models import Message
from training.reports.queries import TeamReport, team_report
from training.teams.models import Role, Team
from training.teams.service import join_team

pytestmark = [pytest.mark.usefixtures("published"), pytest.mark.slow]


@pytest.fixture
def printed(app: Flask) -> list[str]:
    """What `flask demo create` prints."""
    done = app.test_cli_runner().invoke(args=["demo", "create"])
    assert done.exit_code == 0, done.output
    return done.output.splitlines()


def report(session: Session) -> TeamReport:
    team_id = session.scalars(select(Team.id)).one()
    return team_report(session, team_id, datetime.now(UTC).date())


def count(session: Session, model: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_each_main_person_is_printed_with_password_and_link(printed: list[str], app: Flask) -> None:
    header, *rows = printed

    assert [row.split("  ")[0] for row in rows] == ["new hire", "lead", "trainer", "admin"]
    assert all("@example.invalid" in row and "/t/sign-in/" in row for row in rows)
    assert header.startswith("Role")


def test_a_printed_link_signs_in_once(printed: list[str], app: Flask) -> None:
    path = printed[1].split("http://127.0.0.1:8000")[1]
    browser = Browser(app)

    assert browser.get(path).status_code == 200
    assert browser.post(path).status_code == 303
    assert "Teo" in browser.get("/").text
    assert Browser(app).post(path).status_code == 404


def test_the_lead_finds_a_page_that_says_something(printed: list[str], session: Session) -> None:
    found = report(session)
    states = {
        row.member.name: [history.passed is not None for history in row.checks if history]
        for row in found.rows
    }

    assert len(found.rows) == 7
    assert [nudge.member.name for nudge in found.nudges] == ["Gwen Pritchard"]
    assert states["Ibrahim Saleh"] == [True, False]
    assert states["Teo Lindqvist"] == []
    bruno = next(row for row in found.rows if row.member.name == "Bruno Castellan").checks[0]
    assert bruno is not None
    assert not bruno.first.passed
    assert bruno.passed is not None
    assert all(
        history.passed
        for row in found.rows
        if row.member.name == "Ayla Demir"
        for history in row.checks
        if history
    )


def test_every_result_follows_from_its_steps(printed: list[str], session: Session) -> None:
    assert [problem for found in verify_attempts(session) for problem in found] == []
    kinds = session.scalars(select(Attempt.kind)).all()
    assert kinds.count(AttemptKind.PRACTICE) == 6


def test_they_come_into_an_empty_database_only(app: Flask, session: Session) -> None:
    with transaction() as writing:
        make_cast(writing)

    done = app.test_cli_runner().invoke(args=["demo", "create"])

    assert done.exit_code == 1
    assert "only into an empty database" in done.output
    assert not demo_people_exist(session)


def test_leaving_removes_them_and_all_they_did_for_good(
    printed: list[str], app: Flask, session: Session
) -> None:
    assert demo_people_exist(session)
    Browser(app).post("/sign-in", {"identifier": "teo@example.invalid", "link": "1"})
    assert count(session, Message) == 1
    session.rollback()

    done = app.test_cli_runner().invoke(args=["demo", "leave"])
    again = app.test_cli_runner().invoke(args=["demo", "create"])

    assert "Removed 10 fictional people" in done.output
    assert [count(session, model) for model in (Person, Attempt, Team, Message, Comment)] == [0] * 5
    assert again.exit_code == 1
    assert app.test_cli_runner().invoke(args=["demo", "links"]).exit_code == 1


def test_what_they_said_goes_with_them_and_what_others_answered_stays(
    printed: list[str], app: Flask, session: Session
) -> None:
    head = session.scalars(select(Comment).where(Comment.answers_id.is_(None))).first()
    assert head is not None
    with transaction() as writing:
        writing.add(real := Person(name="Ana Duarte", email="ana@real.invalid"))
        writing.flush()
        writing.add(Comment(item_id=head.item_id, person_id=real.id, answers_id=head.id, text="Mine too."))

    assert app.test_cli_runner().invoke(args=["demo", "leave"]).exit_code == 0

    left = list(session.scalars(select(Comment).order_by(Comment.id)))
    assert [one.text for one in left] == ["", "Mine too."]
    assert list(session.scalars(select(CommentRemoval.comment_id))) == [left[0].id]


def test_what_they_were_given_on_top_goes_with_them(printed: list[str], app: Flask, session: Session) -> None:
    with transaction() as writing:
        asked, person = writing.scalars(select(Assignment)).first(), writing.scalars(select(Person)).first()
        assert asked is not None
        assert person is not None
        day = now().date()
        writing.add(Extension(assignment_id=asked.id, person_id=person.id, due_on=day))
        call = writing.scalars(select(Attempt.scenario_id)).first()
        writing.add(CheckAllowance(assignment_id=asked.id, person_id=person.id, scenario_id=call))

    assert app.test_cli_runner().invoke(args=["demo", "leave"]).exit_code == 0

    assert [count(session, one) for one in (Person, Assignment, Extension, CheckAllowance)] == [0, 0, 0, 0]


def test_a_demo_team_that_real_people_joined_stays_theirs(
    printed: list[str], app: Flask, session: Session
) -> None:
    with transaction() as writing:
        real = Person(name="Ana Duarte", email="ana@real.invalid")
        writing.add(real)
        writing.flush()
        team_id = writing.scalars(select(Team.id).where(Team.is_demo)).one()
        join_team(writing, team_id, real.id, Role.LEARNER, now())

    app.test_cli_runner().invoke(args=["demo", "leave"])

    assert session.get_one(Team, team_id).is_demo is False
    assert session.scalars(select(Person.name)).all() == ["Ana Duarte"]


def test_links_are_fresh_and_hold_no_password(printed: list[str], app: Flask) -> None:
    again = app.test_cli_runner().invoke(args=["demo", "links"]).output

    assert again.count("/t/sign-in/") == 4
    assert "Password" not in again
    assert not {row.split("/t/sign-in/")[1] for row in printed[1:]} & {
        row.split("/t/sign-in/")[1] for row in again.splitlines()[1:]
    }
