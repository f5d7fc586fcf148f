"""A release that reads another format builds what earlier ones published, attempts' revisions included."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete

from tests.library.texts import CALL, FILES, SKILL
from tests.library_content import import_folder, write_content
from training.database import db, transaction
from training.errors import UnavailableError
from training.library.models import Kind, RevisionBuild
from training.library.queries import find_published, load_scenario

CALL_FILE = "scenarios/a-short-call.md"


@pytest.fixture
def old_revision(app: Flask, folder: Path) -> int:
    """A call's first revision, replaced since, and no build of anything: as after a new release."""
    import_folder(write_content(folder, FILES))
    old = find_published(db.session(), Kind.SCENARIO, "a-short-call").revision_id
    write_content(folder, {CALL_FILE: CALL.replace("A short call", "A brief call")})
    import_folder(folder)
    with transaction() as session:
        session.execute(delete(RevisionBuild))
    return old


def test_until_then_its_page_asks_for_patience(old_revision: int) -> None:
    with pytest.raises(UnavailableError):
        load_scenario(db.session(), old_revision)


def test_an_import_builds_old_revisions_as_well(app: Flask, folder: Path, old_revision: int) -> None:
    result = app.test_cli_runner().invoke(args=["content", "import", str(folder)])

    assert "1 of 1 earlier revisions built anew." in result.output
    assert load_scenario(db.session(), old_revision).title == "A short call"
    live = find_published(db.session(), Kind.SCENARIO, "a-short-call")
    assert load_scenario(db.session(), live.revision_id).title == "A brief call"


def test_it_does_so_even_where_the_calls_skill_is_gone(app: Flask, folder: Path, old_revision: int) -> None:
    (folder / "skills/restrain.md").rename(folder / "skills/hold-back.md")
    (folder / "skills/hold-back.md").write_text(SKILL, encoding="utf-8")

    app.test_cli_runner().invoke(args=["content", "import", str(folder)])

    assert load_scenario(db.session(), old_revision).title == "A short call"
