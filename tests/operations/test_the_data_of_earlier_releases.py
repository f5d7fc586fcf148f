"""Every earlier release's data comes through all migrations since: whole, replayed, and on its pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import MetaData, func, select

from tests.browsing import Browser
from tests.databases import empty_postgres, postgres_server, settings_for
from tests.library_content import CONTENT
from tests.operations.old_data import FOLDER, fill
from training import create_app
from training.accounts import audit
from training.accounts.models import Person
from training.accounts.participant import Participant
from training.attempts.models import Attempt
from training.attempts.verifying import verify_attempts
from training.database import Base, db, transaction
from training.library.commands import build_earlier_revisions
from training.library.search import reindex
from training.operations.copying.rows import continue_numbers

RELEASES = sorted(FOLDER.glob("*.json"))


@pytest.fixture(params=RELEASES, ids=lambda path: path.stem)
def data(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(request.param.read_text(encoding="utf-8"))
    return found


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    server = postgres_server()
    if server is None:
        yield f"sqlite:///{tmp_path / 'earlier.sqlite3'}"
        return
    with empty_postgres(server) as url:
        yield url


@pytest.fixture
def site(data: dict[str, Any], empty: str, tmp_path: Path) -> Iterator[Flask]:
    """The earlier release's database, brought up to date as `flask serve` does it."""
    app = create_app(settings_for(empty, tmp_path))
    with app.app_context():
        upgrade(revision=data["revision"])
        fill(db.engine, data)
        upgrade()
        continue_numbers(db.engine, Base.metadata.sorted_tables)
        with transaction() as session:
            reindex(session)
        build_earlier_revisions(CONTENT)
        yield app
        db.session.remove()
        db.engine.dispose()


def test_there_is_data_to_carry_over() -> None:
    assert RELEASES


def test_no_row_is_lost_no_answer_changes_and_its_pages_open(site: Flask, data: dict[str, Any]) -> None:
    now = MetaData()
    now.reflect(db.engine)
    session = db.session()
    for name, rows in data["tables"].items():
        if name == "revision_build":  # made from the revisions, anew for each format
            continue
        assert session.scalar(select(func.count()).select_from(now.tables[name])) == len(rows), name

    assert [one for found in verify_attempts(session) for one in found] == []
    assert audit.verify(session).broken_at is None

    learner = session.scalars(select(Person).where(Person.name == "Ana Duarte")).one().id
    lead = session.scalars(select(Person).where(Person.name == "Ben Okafor")).one().id
    done = select(Attempt.public_id).join(Participant).where(Attempt.finished_at.is_not(None))
    calls = list(session.scalars(done.where(Participant.person_id == learner)))
    assert calls
    for path in ("/", "/tips", "/scenarios", "/account", *[f"/attempts/{call}/debrief" for call in calls]):
        assert Browser(site).sign_in(learner).get(path).status_code == 200, path
    for path in ("/teams/morning-desk", "/teams/morning-desk/progress"):
        assert Browser(site).sign_in(lead).get(path).status_code == 200, path
