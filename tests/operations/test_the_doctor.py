"""`flask doctor` says what is wrong with an installation, and what to do about it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import text

from tests.people import Cast
from training.clock import now
from training.database import db, transaction
from training.jobs.models import JobRun
from training.mail.models import Message
from training.operations.backups.shelf import stamp
from training.operations.doctor import inside, place
from training.operations.doctor.commands import examine
from training.operations.doctor.finding import Finding, Level
from training.settings import Settings


def worst(findings: Iterable[Finding]) -> Finding:
    return max(findings, key=lambda one: one.level)


def settings_of(app: Flask) -> Settings:
    found = app.extensions["settings"]
    assert isinstance(found, Settings)
    return found


def test_every_finding_that_is_not_well_says_what_to_do(app: Flask) -> None:
    for finding in examine(app, now()):
        assert bool(finding.mend) == (finding.level is not Level.WELL), str(finding)


def test_the_exit_status_is_the_worst_that_was_found(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["doctor", "--json"])

    levels = {json.loads(line)["level"] for line in done.output.splitlines()}
    assert levels == {"well", "advice", "wrong"}  # no content is published here, and there is no backup
    assert done.exit_code == 2


def test_a_proxy_in_front_that_nobody_counted_is_noticed(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path, base_url="https://training.example.org")

    assert "TRAINING_TRUSTED_PROXIES" in worst(place.look_at_settings(settings)).mend
    assert worst(place.look_at_settings(replace(settings, trusted_proxies=1))).level is Level.WELL


def test_mail_from_an_address_that_cannot_be_is_wrong(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path, smtp_url="smtp://mail.example.org")

    assert "TRAINING_MAIL_FROM" in worst(place.look_at_settings(settings)).mend
    mended = replace(settings, mail_from="Zanshin <training@example.org>")
    assert worst(place.look_at_settings(mended)).level is Level.WELL


def test_a_backup_folder_that_cannot_be_written_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    settings = Settings(instance=tmp_path)
    settings.backups.mkdir(mode=0o700)
    assert worst(place.look_at_folders(settings)).level is Level.WELL

    monkeypatch.setattr(os, "access", lambda path, _mode: path != settings.backups)  # root may write anywhere

    assert str(settings.backups) in worst(place.look_at_folders(settings)).said


def test_hosts_that_sign_with_different_keys_are_wrong(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path)

    def found(settings: Settings, hosts: int) -> list[Finding]:
        dialect = SimpleNamespace(name="postgresql")
        session = SimpleNamespace(
            get_bind=lambda: SimpleNamespace(dialect=dialect), scalar=lambda _query: hosts
        )
        return list(inside.look_at_hosts(session, settings))  # type: ignore[arg-type]  # a database of many hosts

    assert "TRAINING_SECRET_KEY" in worst(found(settings, 2)).mend
    assert found(settings, 1) == []
    assert found(replace(settings, secret_key="x" * 40), 2) == []


def test_a_key_that_others_can_read_is_wrong(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    key = tmp_path / "secret_key"
    key.write_text("x" * 40)
    key.chmod(0o644)

    found = worst(place.look_at_folders(Settings(instance=tmp_path)))

    assert found.mend == f"chmod 600 {key}"
    key.chmod(0o600)
    assert worst(place.look_at_folders(Settings(instance=tmp_path))).level is Level.WELL


def test_a_disk_that_is_nearly_full_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=100 * 2**20))

    assert worst(place.look_at_disks(Settings(instance=tmp_path))).level is Level.WRONG


def test_an_address_that_leads_nowhere_is_said(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path, base_url="http://127.0.0.1:9")

    assert worst(place.look_at_the_way_in(settings)).level is Level.ADVICE


def test_an_old_schema_is_wrong(app: Flask) -> None:
    with transaction() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = 'jobs_1'"))

    found = worst(inside.look_at_database(app))

    assert found.level is Level.WRONG
    assert "db upgrade" in found.mend


def test_a_clock_that_went_back_is_wrong(app: Flask, cast: Cast) -> None:
    with transaction() as session:
        session.connection().execute(
            text(
                "INSERT INTO audit_entry (at, actor, action, subject, request_id, previous_hash, hash)"
                " VALUES (:at, 'a', 'b', 'c', '', '', 'x')"
            ),
            {"at": (now() + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M:%S.%f")},
        )

    assert worst(inside.look_at_clock(db.session(), now())).level is Level.WRONG


def test_a_mail_server_that_cannot_be_reached_is_wrong(app: Flask) -> None:
    settings = replace(settings_of(app), smtp_url="smtp://127.0.0.1:9")

    assert worst(inside.look_at_mail(db.session(), settings, now())).level is Level.WRONG


def test_mail_that_waits_for_hours_is_wrong(app: Flask) -> None:
    with transaction() as session:
        session.add(
            Message(
                dedupe_key="k",
                purpose="test",
                to_address="ana@example.invalid",
                subject="s",
                text="t",
                html="h",
                not_before=now() - timedelta(hours=2),
            )
        )

    assert "1 mails wait" in worst(inside.look_at_mail(db.session(), settings_of(app), now())).said


def test_jobs_that_never_ran_are_late_or_fail_are_named(app: Flask) -> None:
    assert worst(inside.look_at_jobs(app, db.session(), now())).level is Level.ADVICE

    app.test_cli_runner().invoke(args=["jobs", "run", "--once"])
    db.session.remove()
    assert worst(inside.look_at_jobs(app, db.session(), now())).level is Level.WELL
    tomorrow = worst(inside.look_at_jobs(app, db.session(), now() + timedelta(days=1)))
    assert (tomorrow.level, "mail" in tomorrow.said) == (Level.WRONG, True)

    with transaction() as session:
        session.get_one(JobRun, "mail").failed_at = now() + timedelta(minutes=1)
    assert "mail" in worst(inside.look_at_jobs(app, db.session(), now())).said


def test_backups_are_missed_after_a_day_and_wrong_after_three(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path, base_url="https://training.example.org")
    at = now()
    assert worst(inside.look_at_backups(settings, at)).level is Level.WRONG

    settings.backups.mkdir()
    (settings.backups / f"zanshin-{stamp(at)}.sqlite3").write_bytes(b"")

    levels = [
        worst(inside.look_at_backups(settings, at + timedelta(hours=hours))).level for hours in (1, 40, 80)
    ]
    assert levels == [Level.WELL, Level.ADVICE, Level.WRONG]
