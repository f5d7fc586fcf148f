"""An installation grows: everything moves to another database, and nothing is taken on trust."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, insert, select, update

from tests.attempts.playing import Player
from tests.databases import empty_postgres, postgres_server
from tests.operations.backing_up import another_process, close, play_a_call
from tests.people import Cast
from training.database import Base, db, engine_options, transaction
from training.library.models import Picture
from training.operations.copying.rows import copy_rows, count_rows

TABLES = Base.metadata.sorted_tables
TEAM = Base.metadata.tables["team"]
PERSON = Base.metadata.tables["person"]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """A database without a table: of the kind that the tests run on."""
    server = postgres_server()
    if server is None:
        yield f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}"
        return
    with empty_postgres(server) as url:
        yield url


@pytest.fixture
def full(app: Flask, cast: Cast, ana: Player) -> Flask:
    """A site with people and a finished call, stopped."""
    play_a_call(ana)
    with transaction() as session:
        session.add(Picture(name="0" * 32 + ".png", mimetype="image/png", body=b"\x89PNG"))
    close(app)
    return app


def copy(app: Flask, url: str) -> Result:
    db.session.remove()
    done = app.test_cli_runner().invoke(args=["database", "copy", "--to", url])
    close(app)
    return done


def opened(url: str) -> Engine:
    return create_engine(url, **engine_options(url))


def rows_of(connection: Connection) -> dict[str, set[str]]:
    return {
        table.name: {repr(sorted(dict(row).items())) for row in connection.execute(select(table)).mappings()}
        for table in TABLES
    }


def everything(url: str) -> dict[str, set[str]]:
    engine = opened(url)
    with engine.connect() as connection:
        found = rows_of(connection)
    engine.dispose()
    return found


def test_everything_is_the_same_there(full: Flask, elsewhere: str) -> None:
    done = copy(full, elsewhere)

    assert done.exit_code == 0, done.output
    assert "0 differences" in done.stdout
    assert everything(elsewhere) == everything(full.extensions["settings"].database)


def test_a_site_on_the_copy_serves_and_finds_its_tips(
    full: Flask, site_like: Callable[..., Flask], published: None, elsewhere: str, tmp_path: Path
) -> None:
    copy(full, elsewhere)
    site = site_like(database_url=elsewhere, instance=tmp_path)

    page = site.test_client().get("/tips?q=deadline")
    ready = site.test_client().get("/readyz")

    assert ready.status_code == 200
    assert "The parent and the deadline" in page.text


def test_new_rows_are_numbered_behind_the_copied_ones(full: Flask, elsewhere: str) -> None:
    copy(full, elsewhere)
    engine = opened(elsewhere)

    with engine.execution_options(write=True).begin() as connection:
        connection.execute(insert(TEAM), [{"name": "Late desk", "slug": "late-desk"}])
        count = count_rows(connection, TEAM)

    assert count == len(everything(full.extensions["settings"].database)["team"]) + 1
    engine.dispose()


def test_the_same_command_again_copies_nothing_twice(full: Flask, elsewhere: str) -> None:
    copy(full, elsewhere)

    again = copy(full, elsewhere)

    assert again.exit_code == 0, again.output
    assert " 0 of them new" in again.stdout


def test_a_copy_that_was_cut_off_goes_on_where_it_stopped(full: Flask, elsewhere: str) -> None:
    copy(full, elsewhere)
    theirs = opened(elsewhere)
    with theirs.execution_options(write=True).begin() as connection:
        for table in reversed(TABLES):
            if table.name not in {"revision", "audit_entry", "item", "person"}:
                connection.execute(table.delete())
    with full.app_context(), db.engine.connect() as ours:
        next(copy_rows(ours, theirs, TEAM, size=1))
        next(copy_rows(ours, theirs, Base.metadata.tables["picture"], size=1))
    theirs.dispose()
    close(full)

    done = copy(full, elsewhere)

    assert done.exit_code == 0, done.output
    assert everything(elsewhere) == everything(full.extensions["settings"].database)


def test_a_database_with_other_rows_is_left_as_it_is(full: Flask, elsewhere: str) -> None:
    copy(full, elsewhere)
    theirs = opened(elsewhere)
    with theirs.execution_options(write=True).begin() as connection:
        connection.execute(update(PERSON).where(PERSON.c.id == 1).values(name="Somebody Else"))
    theirs.dispose()
    before = everything(elsewhere)

    done = copy(full, elsewhere)

    assert done.exit_code == 1
    assert "person 1" in done.output
    assert "Name an empty database" in done.output
    assert everything(elsewhere) == before


def test_the_site_must_stand_still_meanwhile(full: Flask, elsewhere: str, tmp_path: Path) -> None:
    with another_process(full, tmp_path):
        done = copy(full, elsewhere)

    assert done.exit_code == 1
    assert "Stop" in done.output


def test_the_sites_own_database_is_no_other_one(full: Flask) -> None:
    done = copy(full, full.extensions["settings"].database)

    assert done.exit_code == 1
    assert "already" in done.output


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "not an address of a database"),
        ("postgresql://nobody:secret@127.0.0.1:1/zanshin", "cannot be used"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_without_its_password(
    full: Flask, address: str, said: str
) -> None:
    done = copy(full, address)

    assert done.exit_code != 0
    assert said in done.output
    assert "secret" not in done.output


def test_by_way_of_a_file_and_back_nothing_changes(
    full: Flask, site_like: Callable[..., Flask], elsewhere: str, tmp_path: Path
) -> None:
    """On PostgreSQL this is both directions between the two kinds of database."""
    file = f"sqlite:///{tmp_path / 'by-way.sqlite3'}"
    copy(full, file)
    between = site_like(database_url=file, instance=tmp_path)
    with between.app_context():
        done = copy(between, elsewhere)

    assert done.exit_code == 0, done.output
    assert everything(elsewhere) == everything(full.extensions["settings"].database)
