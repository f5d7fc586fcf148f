"""A backup is made while the site is used, checked before it counts, and kept for as long as was promised."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tests.attempts.playing import Player
from tests.operations.backing_up import SUFFIX, backups, play_a_call, run, writing_all_the_time
from training.accounts import audit
from training.clock import now
from training.database import transaction
from training.operations.backups import keeping
from training.operations.backups.shelf import Backup, kept_as, list_backups, stamp


def opened_rows(app: Flask, backup: Backup) -> int:
    keeper = keeping.keeper_for(app)
    with keeper.opened(backup.path) as engine, engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM audit_entry")).scalar_one())


def test_a_backup_holds_what_was_there_and_says_what_it_checked(app: Flask, ana: Player) -> None:
    play_a_call(ana)

    done = run(app, "create")

    assert done.exit_code == 0, done.output
    assert "1 attempts replayed" in done.output
    assert len(backups(app)) == 1


def test_only_its_owner_can_read_a_backup(app: Flask) -> None:
    run(app, "create")

    made = backups(app)[0].path
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    assert [path.name for path in made.parent.iterdir()] == [made.name]


@pytest.mark.slow
def test_every_backup_under_load_holds_all_that_was_acknowledged_before_it(app: Flask) -> None:
    with writing_all_the_time(app) as acknowledged:
        for _ in range(3):
            while len(acknowledged) < 5:
                pass
            before = len(acknowledged)
            done = run(app, "create")

            assert done.exit_code == 0, done.output
            assert opened_rows(app, backups(app)[0]) >= before


def test_answers_that_do_not_replay_are_named_and_nothing_old_is_deleted(app: Flask, ana: Player) -> None:
    attempt = play_a_call(ana)
    old = [datetime(2020, 1, 1, hour, tzinfo=UTC) for hour in range(3)]
    folder = app.extensions["settings"].backups
    folder.mkdir()
    for at in old:
        (folder / f"zanshin-{stamp(at)}.{SUFFIX}").write_bytes(b"")
    with transaction() as session:
        session.connection().execute(text("UPDATE attempt SET percent = 1"))

    done = run(app, "create")

    assert done.exit_code == 1
    assert attempt in done.output
    assert len(backups(app)) == 4


def test_a_broken_audit_log_is_named(app: Flask) -> None:
    with transaction() as session:
        entry = audit.append(session, actor="a", action="b", subject="c", at=now())
        session.connection().execute(
            text(
                "INSERT INTO audit_entry (at, actor, action, subject, request_id, previous_hash, hash)"
                " SELECT at, 'somebody', action, subject, request_id, previous_hash, 'forged'"
                " FROM audit_entry"
            )
        )
        assert entry.id

    done = run(app, "create")

    assert done.exit_code == 1
    assert "the audit log is broken at row" in done.output


def test_the_newest_of_seven_days_four_weeks_and_twelve_months_are_kept() -> None:
    begin = datetime(2026, 1, 1, 3, tzinfo=UTC)
    every_six_hours = [begin + timedelta(hours=6 * count) for count in range(4 * 400)]
    made = [Backup(Path(f"zanshin-{stamp(at)}.sqlite3"), at) for at in every_six_hours]

    kept = kept_as(made)

    assert made[-1] in kept
    assert sum("day" in why for why in kept.values()) == 7
    assert sum("week" in why for why in kept.values()) == 4
    assert sum("month" in why for why in kept.values()) == 12
    assert min(one.made_at for one in kept) >= made[-1].made_at - timedelta(days=366)


def test_making_one_deletes_those_that_no_period_keeps(app: Flask) -> None:
    folder = app.extensions["settings"].backups
    folder.mkdir()
    for hour in range(3):
        at = datetime(2020, 1, 1, hour, tzinfo=UTC)
        (folder / f"zanshin-{stamp(at)}.{SUFFIX}").write_bytes(b"")
    (folder / "somebody-else.txt").write_text("kept")

    done = run(app, "create")

    assert done.output.count("Deleted zanshin-2020") == 2
    assert len(list_backups(folder)) == 2
    assert (folder / "somebody-else.txt").exists()


def test_the_list_says_what_keeps_each(app: Flask) -> None:
    assert "no backup" in run(app, "list").output

    run(app, "create")

    assert "newest, day, week, month" in run(app, "list").output


def test_a_damaged_backup_is_found_out(app: Flask) -> None:
    run(app, "create")
    path = backups(app)[0].path
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4000] = b"\xff" * 4000
    path.write_bytes(content)

    done = run(app, "verify")

    assert done.exit_code == 1
    assert "Wrong: " in done.output
