"""The site as it is shipped, with people in it, and the bare limit beside it on the same database server.

The start is measured with compiled code, as docs/operating.md says to install it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from bench import bare
from bench.crowd import Crowd, gather
from bench.machine import Noise
from bench.person import Line
from bench.teams_data import Size, fill
from tests.browser.site import free_port
from tests.databases import migrate, settings_for
from tests.faults.postgres import Postgres
from tests.faults.server import ROOT, Server
from tests.library_content import CONTENT, import_folder
from training import create_app
from training.database import db

# What others have left in the database before the run.
LEFT = Size(people=1_000, teams=10, attempts=20_000, seed=7)


@dataclass(frozen=True)
class Stage:
    """Both sites, ready.

    `first_answer` is how many seconds after its start ours answered, and what share of the machine others
    used meanwhile.
    """

    app: Flask
    port: int
    pid: int
    bare_port: int
    bare_pid: int
    database_pids: list[int]
    lesson_path: str
    first_answer: tuple[float, float]
    crowd: Crowd

    @property
    def sessions(self) -> list[str]:
        """The secrets of the learners' browsers."""
        return self.crowd.sessions


@contextmanager
def staged(kind: str, folder: Path, count: int, data: int = 1) -> Iterator[Stage]:
    """Start both on a database of that kind, with `count` people and `data` times LEFT on it."""
    with _database(kind, folder) as (url, bare_url, pids):
        instance = folder / "instance"
        instance.mkdir()
        migrate(url, instance)
        app = create_app(settings_for(url, instance))
        with app.app_context():
            import_folder(CONTENT)
            fill(LEFT.times(data))
            db.session.remove()
        crowd = gather(app, count)
        server = _shipped(url, instance)
        with ExitStack() as leaving:  # nothing keeps running, whatever goes wrong from here on
            leaving.callback(_let_go, app)
            leaving.callback(server.stop)
            server.start()
            server.stop()  # the code is compiled by now
            noise, begun = Noise([os.getpid(), *pids]), time.perf_counter()
            server.start()
            first_answer = time.perf_counter() - begun, noise.share()
            lesson_path, lesson = _a_lesson(server.port, crowd.sessions[0])
            (folder / "lesson.html").write_bytes(lesson)
            bare.prepare(bare_url, count)
            port = free_port()
            command = [sys.executable, "-m", "bench.bare", str(port), bare_url, str(folder / "lesson.html")]
            bare_server = leaving.enter_context(subprocess.Popen(command, cwd=ROOT))
            leaving.callback(bare_server.terminate)
            _wait(port)
            yield Stage(
                app,
                server.port,
                server.pid,
                port,
                bare_server.pid,
                pids,
                lesson_path,
                first_answer,
                crowd,
            )


def _shipped(url: str, instance: Path) -> Server:
    """`flask serve`, without the turned clock of the tests; its compiled code is kept beside its data."""
    server = Server(url, instance, workers=0)
    server.command = [sys.executable, "-m", "flask", "--app", "app", "serve"]
    server.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    server.environ["PYTHONPYCACHEPREFIX"] = str(instance / "compiled")
    return server


def _let_go(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def _a_lesson(port: int, session: str) -> tuple[str, bytes]:
    """The newest published lesson: where it is, and its page as a learner gets it."""
    reader = Line(port, f"session={session}")
    _status, index = reader.ask("GET", "/tips")
    found = re.search(rb'href="(/tips/[a-z0-9-]+)"', index)
    assert found, index[:500]
    _status, page = reader.ask("GET", found[1].decode())
    reader.close()
    return found[1].decode(), page.partition(b"\r\n\r\n")[2]


def _wait(port: int) -> None:
    for _ in range(600):
        with suppress(OSError):
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}/page", headers={"Cookie": bare.cookie(1)}
            )
            urllib.request.urlopen(request).close()  # noqa: S310  # our own server
            return
        time.sleep(0.05)
    raise TimeoutError("the bare limit did not start")


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[tuple[str, str, list[int]]]:
    """Ours, the bare limit's, and the processes of the database."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'ours.sqlite3'}", f"sqlite:///{folder / 'bare.sqlite3'}", []
        return
    with Postgres(folder / "postgres") as server:
        yield server.url, server.url, [int(server.server.get_pid())]
