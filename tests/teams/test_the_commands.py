"""`flask teams`: what an operator does about teams."""

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people import Cast
from training.accounts.models import AuditEntry
from training.teams.models import Membership


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["teams", *arguments])


def test_a_team_is_made_and_listed(app: Flask, cast: Cast) -> None:
    assert run(app, "create", "  Late desk ").output == "late-desk\n"
    assert run(app, "list").output.splitlines() == [
        "late-desk\tLate desk\t0",
        "morning-desk\tMorning desk\t2",
        "night-desk\tNight desk\t2",
    ]


@pytest.mark.parametrize("name", [" ", "x" * 81, "Late\u202edesk", "Late\x07desk", "Late\ndesk", "\u200b"])
def test_a_team_without_a_name_that_can_be_read_is_refused(app: Flask, cast: Cast, name: str) -> None:
    assert run(app, "create", name).exit_code == 1
    assert len(run(app, "list").output.splitlines()) == 2


def test_somebody_is_added_and_it_is_noted(app: Flask, cast: Cast, session: Session) -> None:
    done = run(app, "add", "night-desk", "Ana@example.invalid", "--role", "lead")

    assert done.output == "Ana@example.invalid is a lead of night-desk.\n"
    rows = session.execute(
        select(Membership.role).where(Membership.team_id == cast.night_desk, Membership.person_id == cast.ana)
    )
    assert rows.scalars().all() == ["lead"]
    assert session.scalars(select(AuditEntry.action)).all() == ["joined a team as lead"]


def test_a_wrong_name_and_the_last_lead_are_one_plain_sentence(app: Flask, cast: Cast) -> None:
    for arguments, said in (
        (("no-such-desk", "ana@example.invalid"), "There is no team at “no-such-desk”."),
        (("night-desk", "nobody@example.invalid"), "There is nobody called “nobody@example.invalid”."),
        (("night-desk", "lena@example.invalid"), "Make somebody else its lead first."),
    ):
        done = run(app, "add", *arguments)
        assert done.exit_code == 1
        assert said in done.output
