"""While a new release is brought in, sites of the one before go on, and may be started again."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

from tests.browsing import Browser
from training.database import transaction
from training.errors import SettingsError
from training.operations.doctor.finding import Level
from training.operations.doctor.inside import look_at_database
from training.operations.preparing import prepare_database


@pytest.fixture
def later(app: Flask, published: None) -> None:
    """The database as a later release's migration left it: something was added."""
    change(
        "UPDATE alembic_version SET version_num = 'later_1'",
        "CREATE TABLE shelf (id INTEGER PRIMARY KEY)",
        "ALTER TABLE person ADD COLUMN shelf_id INTEGER",
        "ALTER TABLE person ADD COLUMN is_tall BOOLEAN DEFAULT FALSE NOT NULL",
    )


def change(*statements: str) -> None:
    with transaction() as session:
        for statement in statements:
            session.execute(text(statement))


def test_a_site_goes_on_and_takes_what_is_sent_to_it(app: Flask, later: None, visitor: Browser) -> None:
    assert visitor.get("/readyz").status_code == 200
    assert visitor.get("/sign-in").status_code == 200
    done = app.test_cli_runner().invoke(
        args=["people", "create", "--name", "Noor", "--email", "noor@example.invalid"]
    )
    assert done.exit_code == 0, done.output


def test_its_jobs_go_on(app: Flask, later: None) -> None:
    assert app.test_cli_runner().invoke(args=["jobs", "run", "--once"]).exit_code == 0


def test_a_start_brings_nothing_back_to_what_it_was(
    app: Flask, later: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prepare_database() is False
    assert "later release" in capsys.readouterr().out


def test_the_doctor_says_that_this_host_is_behind(app: Flask, later: None) -> None:
    (found,) = look_at_database(app)

    assert found.level is Level.ADVICE
    assert "later release" in found.said


def test_a_schema_without_what_this_code_needs_is_refused_by_name(
    app: Flask, later: None, visitor: Browser
) -> None:
    change("ALTER TABLE phrase RENAME TO saying", "ALTER TABLE person RENAME COLUMN name TO called")

    said = visitor.get("/readyz")
    assert said.status_code == 503
    for what in ("phrase is gone", "person.name is gone", "person.called must be filled"):
        assert what in said.text
    assert visitor.get("/sign-in").status_code == 503
    with pytest.raises(SettingsError, match=r"person\.name is gone"):
        prepare_database()
