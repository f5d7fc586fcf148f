"""The lead's page: a finding in words, people by need, checks only."""

import csv
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import Cast
from tests.reports.conftest import Play
from tests.statements import counted_statements
from training.accounts.models import AuditEntry, Person
from training.clock import now
from training.database import db, transaction
from training.demo.playing import careless
from training.teams.models import Role
from training.teams.service import join_team

PAGE = "/teams/morning-desk/progress"


def test_a_late_person_could_use_a_nudge_and_is_named(ben: Browser, first_week: date) -> None:
    page = ben.get(PAGE).text

    assert "One person could use a nudge." in page
    assert "First week, 9 days late" in page
    assert "Nudge<span" in page
    assert "Extend<span" in page
    assert "@example.invalid" not in page


def test_of_many_late_people_the_first_few_have_a_card_and_all_have_a_line(
    ben: Browser, first_week: date, cast: Cast
) -> None:
    with transaction() as session:
        for number in range(7):
            person = Person(name=f"Late {number}", email=f"late{number}@example.invalid")
            session.add(person)
            session.flush()
            join_team(session, cast.morning_desk, person.id, Role.LEARNER, now() - timedelta(days=90))

    page = ben.get(PAGE).text

    assert "Eight people could use a nudge." in page
    assert page.count("Nudge<span") == 6
    assert "2 more stand in the table below." in page
    assert all(page.count(f">Late {number}</a>") for number in range(7))


def test_a_finished_module_has_its_day_and_the_check_its_result(
    ben: Browser, first_week: date, cast: Cast, play: Play, answer: Callable[..., None]
) -> None:
    answer(cast.ana)
    play(cast.ana, careless)
    play(cast.ana)

    page = ben.get(PAGE).text

    assert "Everybody has done what was asked." in page
    assert "passed, 100%" in page
    assert "first try" in page
    assert "days late" not in page


def test_a_check_that_was_not_passed_says_so_and_keeps_the_module_open(
    ben: Browser, first_week: date, cast: Cast, play: Play
) -> None:
    play(cast.ana, careless)

    page = ben.get(PAGE).text

    assert "not passed yet" in page
    assert "9 days late" in page


def test_nothing_asked_and_nobody_there_say_what_will_be_here(ben: Browser, app: Flask, cast: Cast) -> None:
    assert "Nothing is asked of this team yet." in ben.get(PAGE).text
    with transaction() as session:
        join_team(session, cast.morning_desk, cast.ana, Role.TRAINER, now())

    assert "Nobody is in this team yet." in ben.get(PAGE).text


def test_the_sheet_agrees_with_the_page(
    ben: Browser, first_week: date, cast: Cast, play: Play, answer: Callable[..., None], session: Session
) -> None:
    with transaction() as writing:
        writing.get_one(Person, cast.ana).name = "=cmd()"
    answer(cast.ana)
    play(cast.ana)

    reply = ben.get(f"{PAGE}?format=csv")
    header, row = list(csv.reader(reply.get_data().decode("utf-8-sig").splitlines()))

    assert reply.mimetype == "text/csv"
    assert "attachment" in reply.headers["Content-Disposition"]
    assert dict(zip(header, row, strict=True))["Name"] == "'=cmd()"
    assert dict(zip(header, row, strict=True))["An ordinary first call, first try"] == "100"
    assert row[1].startswith("done 20")
    assert session.scalars(select(AuditEntry.action)).all() == ["team progress as CSV"]


def test_a_page_costs_at_most_five_statements(
    ben: Browser, first_week: date, cast: Cast, play: Play, answer: Callable[..., None]
) -> None:
    answer(cast.ana)
    play(cast.ana)
    ben.get(PAGE)

    with counted_statements(db.engine) as seen:
        assert ben.get(PAGE).status_code == 200

    assert len([one for one in seen if one != "BEGIN"]) <= 5, seen


def test_a_cell_is_light_for_a_large_team_has_hundreds(ben: Browser, first_week: date) -> None:
    cells = re.findall(r"<td>(.*?)</td>", ben.get(PAGE).text, re.DOTALL)

    assert max(len(cell) for cell in cells) <= 200, cells


@pytest.mark.parametrize(
    ("who", "status"),
    [("ana", 404), ("ben", 200), ("tova", 404), ("ada", 200), ("omar", 404), ("lena", 404)],
)
def test_who_may_see_it(
    app: Flask, cast: Cast, first_week: date, session: Session, who: str, status: int
) -> None:
    browser = Browser(app).sign_in(getattr(cast, who))
    public_id = session.scalars(select(Person.public_id).where(Person.id == cast.ana)).one()

    for path in (PAGE, f"{PAGE}?format=csv", f"/teams/morning-desk/people/{public_id}"):
        assert browser.get(path).status_code == status


def test_a_trainer_of_the_team_sees_its_results(app: Flask, cast: Cast, first_week: date) -> None:
    with transaction() as session:
        join_team(session, cast.morning_desk, cast.tova, Role.TRAINER, now())

    assert Browser(app).sign_in(cast.tova).get(PAGE).status_code == 200


def test_an_admins_look_is_noted(app: Flask, cast: Cast, first_week: date, session: Session) -> None:
    Browser(app).sign_in(cast.ada).get(PAGE)

    assert session.scalars(select(AuditEntry.action)).all() == ["read team progress"]


def test_a_leads_look_writes_nothing(ben: Browser, first_week: date, session: Session) -> None:
    ben.get(PAGE)

    assert session.scalars(select(AuditEntry.action)).all() == []
