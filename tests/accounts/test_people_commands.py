"""`flask people …` at the command line."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.browsing import Browser
from tests.people import Cast
from training.accounts.models import Person
from training.accounts.token_models import Invitation
from training.database import db

BASE = "http://127.0.0.1:8000"


def run(app: Flask, *args: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["people", *args])
    return result.exit_code, result.output


def test_a_new_trainer_gets_a_link_that_works(app: Flask) -> None:
    status, output = run(app, "create", "--name", "Noor", "--email", "Noor@Example.org", "--role", "trainer")
    path = output.strip().removeprefix(BASE)
    assert (status, path.startswith("/t/invitation/")) == (0, True)
    fields = {"name": "Noor", "password": "walnut kettle harbour seven"}
    assert Browser(app).post(path, fields).status_code == 303

    person = db.session().scalars(select(Person)).one()
    assert (person.email, person.is_trainer, person.is_admin) == ("noor@example.org", True, False)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--name", "Noor"], "Give --email, --staff-number or both"),
        (["--name", "Noor", "--email", "a@b.org,c@d.org"], "one address"),
        (["--name", "Noor", "--staff-number", "a b?"], "letters, digits"),
        (["--name", " ", "--staff-number", "1"], "one line"),
        (["--name", "Noor", "--email", "a@b.org", "--role", "lead"], "A lead leads a team"),
        (["--name", "Noor", "--email", "a@b.org", "--team", "no-such-team"], "no team"),
        (["--name", "Noor", "--email", "a@b.org", "--role", "owner"], "owner"),
    ],
)
def test_a_mistake_gets_one_plain_sentence(app: Flask, args: list[str], words: str) -> None:
    status, output = run(app, "create", *args)

    assert status == 2
    assert words in output
    assert "Traceback" not in output
    assert db.session().scalars(select(Invitation)).all() == []


def test_somebody_who_is_here_is_not_invited(app: Flask, cast: Cast) -> None:
    status, output = run(app, "create", "--name", "Ana", "--email", "ana@example.invalid")

    assert (status, output) == (1, "Error: Somebody has this e-mail or staff number already.\n")


def test_a_lead_is_invited_to_their_team(app: Flask, cast: Cast) -> None:
    app.extensions["team_ids"] = lambda _session, slug: cast.night_desk if slug == "night-desk" else None
    run(app, "create", "--name", "Noor", "--staff-number", "th-9", "--role", "lead", "--team", "night-desk")

    invitation = db.session().scalars(select(Invitation)).one()
    assert (invitation.team_id, invitation.role, invitation.staff_number) == (cast.night_desk, "lead", "TH-9")


def test_everybody_is_listed_and_who_is_expected(app: Flask, cast: Cast) -> None:
    run(app, "create", "--name", "Noor", "--email", "noor@example.org")
    lines = run(app, "list")[1].splitlines()

    assert lines[0] == "Ada Quist  ada@example.invalid  admin"
    assert lines[1] == "Ana Duarte  ana@example.invalid"
    assert lines[-1].startswith("Noor  noor@example.org  invited, until ")


def test_the_first_admins_link_is_printed_while_there_is_none(app: Flask) -> None:
    assert run(app, "first-admin")[1].startswith(f"{BASE}/t/invitation/")


def test_later_no_link_makes_an_admin(app: Flask, cast: Cast) -> None:
    assert run(app, "first-admin")[1] == "There is an admin already.\n"
    assert db.session().scalars(select(Invitation)).all() == []
