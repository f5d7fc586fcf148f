"""The process beside the server: it comes back when it dies, and ends well when told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from flask import Flask
from sqlalchemy import text

from tests.browser.site import ROOT, free_port, site_environ, wait_until_ready
from training.clock import now
from training.database import db, transaction
from training.jobs import jobs_of
from training.jobs.queries import JobStanding, list_standings
from training.settings import Settings


def within(seconds: float, found: Callable[[], object]) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found():
            return True
        time.sleep(0.05)
    return False


def grandchildren(process: psutil.Process) -> list[psutil.Process]:
    """The keeper has one child, which does the jobs; the server's workers have none."""
    return [below for child in process.children() for below in child.children()]


@pytest.mark.slow
def test_the_jobs_go_on_when_their_process_dies_and_end_with_the_server(tmp_path: Path) -> None:
    environ = site_environ(tmp_path / "instance", free_port())
    command = [sys.executable, "-m", "flask", "--app", "app", "serve"]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL) as server:
        try:
            wait_until_ready(environ["TRAINING_BASE_URL"])
            itself = psutil.Process(server.pid)
            assert within(10, lambda: grandchildren(itself))
            first = grandchildren(itself)[0]
            first.kill()
            assert within(10, lambda: any(one.pid != first.pid for one in grandchildren(itself)))
            family = itself.children(recursive=True)
        finally:
            os.kill(server.pid, signal.SIGTERM)

    assert server.returncode == 0
    assert psutil.wait_procs(family, timeout=10)[1] == []


@pytest.mark.slow
def test_the_command_stops_when_it_is_told_to(app: Flask, tmp_path: Path) -> None:
    settings: Settings = app.extensions["settings"]
    environ = {**site_environ(tmp_path, free_port()), "TRAINING_DATABASE_URL": settings.database}
    command = [sys.executable, "-m", "flask", "--app", "app", "jobs", "run"]
    with subprocess.Popen(command, cwd=ROOT, env=environ) as loop:
        assert within(60, lambda: [one for one in standings(app) if one.finished_at])
        loop.send_signal(signal.SIGTERM)
        assert loop.wait(60) == 0


def standings(app: Flask) -> list[JobStanding]:
    db.session.remove()
    return list_standings(db.session(), jobs_of(app), now())


def test_the_command_refuses_an_old_schema(app: Flask) -> None:
    with transaction() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = 'library_3'"))
    done = app.test_cli_runner().invoke(args=["jobs", "run", "--once"])

    assert done.exit_code == 1
    assert "db upgrade" in done.output
