"""Sites of a test run share compiled code and nothing else: each has a database of its own."""

from pathlib import Path

import pytest
from flask import Flask, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import BaseConverter, Map, Rule

from tests.browsing import Browser
from training.database import transaction
from training.teams.models import Team


class Loud(BaseConverter):
    def to_url(self, value: str) -> str:
        return value.upper()


@pytest.mark.parametrize("turn", [1, 2])
def test_a_row_of_one_test_is_not_there_in_the_next(app: Flask, session: Session, turn: int) -> None:
    assert session.scalars(select(Team.slug)).all() == []
    assert "left behind" not in app.extensions
    app.extensions["left behind"] = turn
    with transaction() as writing:
        writing.add(Team(slug="only-here", name="Only here"))

    assert session.scalars(select(Team.slug)).all() == ["only-here"]


@pytest.mark.parametrize("turn", [1, 2])
def test_a_setting_of_one_test_is_not_there_in_the_next(app: Flask, visitor: Browser, turn: int) -> None:
    assert app.jinja_env.globals.get("left_behind") is None
    app.jinja_env.globals["left_behind"] = turn

    assert visitor.get("/sign-in").status_code == 200


def drawn(folder: Path, text: str, *, trim: bool = False) -> str:
    """What a new site makes of a template that holds this text, always under the same name."""
    (folder / "page.txt").write_text(text, encoding="utf-8")
    site = Flask("made-here", template_folder=str(folder))
    site.jinja_env.trim_blocks = trim
    with site.app_context():
        return render_template("page.txt")


def test_a_template_that_changed_is_compiled_anew(tmp_path: Path) -> None:
    assert drawn(tmp_path, "first") == "first"
    assert drawn(tmp_path, "second") == "second"
    assert drawn(tmp_path, "first") == "first"


def test_a_site_that_reads_its_templates_in_another_way_has_code_of_its_own(tmp_path: Path) -> None:
    text = "{% if true %}\nyes{% endif %}"

    assert drawn(tmp_path, text) == "\nyes"
    assert drawn(tmp_path, text, trim=True) == "yes"


def test_an_address_is_written_as_the_site_itself_writes_such_a_part() -> None:
    plain = Map([Rule("/made-here/<word:name>", endpoint="x")], converters={"word": BaseConverter})
    loud = Map([Rule("/made-here/<word:name>", endpoint="x")], converters={"word": Loud})

    for _ in range(2):
        assert plain.bind("a").build("x", {"name": "ana"}) == "/made-here/ana"
        assert loud.bind("a").build("x", {"name": "ana"}) == "/made-here/ANA"
        assert plain.bind("a").build("x", {"name": "ana", "q": "1"}) == "/made-here/ana?q=1"
