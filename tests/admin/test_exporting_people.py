"""Everybody as CSV: safe in a spreadsheet, and the same file comes back in without a change."""

import csv

from sqlalchemy.orm import Session

from tests.admin.conftest import confirm, deeds, look
from tests.browsing import Browser
from tests.people import Cast
from training.accounts.models import Person
from training.clock import now
from training.database import transaction
from training.teams.models import Role
from training.teams.service import create_team, join_team


def exported(browser: Browser) -> tuple[bytes, list[list[str]]]:
    reply = browser.get("/admin/people.csv")
    assert reply.mimetype == "text/csv"
    assert reply.headers["Cache-Control"] == "no-store, private"
    return reply.data, list(csv.reader(reply.data.decode("utf-8-sig").splitlines()))


def test_everybody_is_in_it_with_a_row_for_each_place(ada: Browser, cast: Cast) -> None:
    with transaction() as session:
        join_team(session, cast.night_desk, cast.ana, Role.TRAINER, now())
    _body, rows = exported(ada)

    assert rows[0] == ["Name", "E-mail", "Staff number", "Team", "Role", "Since", "State"]
    assert [row[3:5] for row in rows if row[0] == "Ana Duarte"] == [
        ["Morning desk", "learner"],
        ["Night desk", "trainer"],
    ]
    assert [row[3:5] for row in rows if row[0] == "Tova Lindgren"] == [["", ""]]
    assert deeds()[-1] == "people as CSV"


def test_a_name_that_a_spreadsheet_would_run_stays_text(ada: Browser, cast: Cast) -> None:
    with transaction() as session:
        session.get_one(Person, cast.ana).name = "=HYPERLINK(1)"
    _body, rows = exported(ada)

    assert "'=HYPERLINK(1)" in [row[0] for row in rows]


def test_the_file_comes_back_in_and_changes_nothing(ada: Browser, cast: Cast, session: Session) -> None:
    with transaction() as writing:
        join_team(writing, create_team(writing, "morning DESK").id, cast.omar, Role.LEARNER, now())
        writing.get_one(Person, cast.lena).staff_number = "D-7"
        writing.get_one(Person, cast.tova).disabled_at = now()
    confirm(ada, "name,e-mail,staff no,team\nZoë,zoe@example.org,,Night desk\nKofi,,K-1,Night desk\n")
    body, rows = exported(ada)

    assert "morning-desk-2" in [row[3] for row in rows]  # two teams have one name, so addresses stand there
    assert "All of it is here already." in look(ada, body)
    assert "All of it is here already." in look(ada, body, move="y")


def test_only_admins_export(ben: Browser) -> None:
    assert ben.get("/admin/people.csv").status_code == 404
