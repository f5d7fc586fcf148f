"""A backup comes back whole, never under a running site, and the database of before is kept."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.attempts.playing import Player, choices_of
from tests.operations.backing_up import another_process, backups, close, play_a_call, run
from tests.people import Cast
from training.accounts.models import Person
from training.database import db, transaction


def rename_ana(cast: Cast, name: str) -> None:
    with transaction() as session:
        session.get_one(Person, cast.ana).name = name


def name_of_ana(cast: Cast) -> str:
    return db.session().get_one(Person, cast.ana).name


def name_in(app: Flask, kept: str, person_id: int) -> str:
    """The name in the database that was kept: a file, or a database beside the live one."""
    url = make_url(app.extensions["settings"].database)
    engine = create_engine(f"sqlite:///{kept}" if url.drivername == "sqlite" else url.set(database=kept))
    with engine.connect() as connection:
        found = connection.execute(text("SELECT name FROM person WHERE id = :id"), {"id": person_id})
        name = str(found.scalar_one())
    engine.dispose()
    return name


def test_what_was_backed_up_is_there_again(app: Flask, cast: Cast, ana: Player) -> None:
    attempt = play_a_call(ana)
    run(app, "create")
    rename_ana(cast, "Somebody Else")
    close(app)

    done = run(app, "restore", backups(app)[0].name)

    assert done.exit_code == 0, done.output
    assert name_of_ana(cast) == "Ana Duarte"
    assert choices_of(attempt) == [1, 1, 1]


def test_the_database_of_before_is_kept(app: Flask, cast: Cast) -> None:
    run(app, "create")
    rename_ana(cast, "Somebody Else")
    close(app)

    said = run(app, "restore", backups(app)[0].name).output

    kept = said.split("is kept as ", 1)[1].partition(".\n")[0]
    assert name_in(app, kept, cast.ana) == "Somebody Else"


def test_the_restore_itself_stands_in_the_audit_log(app: Flask, cast: Cast) -> None:
    run(app, "create")
    close(app)

    run(app, "restore", backups(app)[0].name)

    said = db.session().execute(text("SELECT action, subject FROM audit_entry")).all()
    assert [tuple(row) for row in said] == [("backup.restored", backups(app)[0].name)]


def test_a_damaged_backup_is_refused_and_changes_nothing(app: Flask, cast: Cast) -> None:
    run(app, "create")
    backups(app)[0].path.write_bytes(b"not a database at all")
    rename_ana(cast, "Somebody Else")
    close(app)

    done = run(app, "restore", backups(app)[0].name)

    assert done.exit_code == 1
    assert "is damaged" in done.output
    assert name_of_ana(cast) == "Somebody Else"


def test_a_name_that_is_no_backup_is_a_sentence(app: Flask) -> None:
    done = run(app, "restore", "yesterday")

    assert done.exit_code == 1
    assert "flask backup list" in done.output


def test_it_refuses_while_another_process_uses_the_database(app: Flask, tmp_path: Path) -> None:
    run(app, "create")
    close(app)
    with another_process(app, tmp_path):
        done = run(app, "restore", backups(app)[0].name)

    assert done.exit_code == 1
    assert "Nothing was changed" in done.output


def test_a_killed_process_is_no_longer_in_the_way(app: Flask, tmp_path: Path) -> None:
    run(app, "create")
    close(app)
    with another_process(app, tmp_path) as other:
        other.kill()
        other.wait(10)

    done = run(app, "restore", backups(app)[0].name)

    assert done.exit_code == 0, done.output


def test_a_drill_starts_a_site_on_the_copy_and_leaves_the_live_one_alone(
    app: Flask, published: None, cast: Cast
) -> None:
    done = run(app, "drill")

    assert done.exit_code == 0, done.output
    assert "A site on it says: ready" in done.output
    assert "6 people" in done.output


def test_a_drill_says_when_the_restored_site_could_not_serve(app: Flask) -> None:
    done = run(app, "drill", "--newest")
    assert done.exit_code == 1
    assert "no backup" in done.output

    done = run(app, "drill")
    assert done.exit_code == 1, done.output
