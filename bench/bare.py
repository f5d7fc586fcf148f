"""The bare limit: the least that an honest step needs, on the same server, database and settings.

    python -m bench.bare PORT DATABASE_URL LESSON_FILE

A step is: a signed cookie checked, one select, one conditional update and one insert committed durably, a
redirect; then its page: the cookie, one select, a small page. The same framework and server, the bare driver;
no templates, rights, headers, form token or replay.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask, Response, request, session
from flask.sessions import SecureCookieSessionInterface
from granian import Granian
from granian.constants import Interfaces

COOKIE_KEY = "the same for the whole run"
SCHEMA = """
    CREATE TABLE bare_attempt (id INTEGER PRIMARY KEY, person INTEGER NOT NULL, step_count INTEGER NOT NULL);
    CREATE TABLE bare_step (
        attempt_id INTEGER NOT NULL REFERENCES bare_attempt (id), number INTEGER NOT NULL,
        choice INTEGER NOT NULL, UNIQUE (attempt_id, number)
    )
"""
PAGE = "<!doctype html><html lang=en><title>A call</title><h1>What do you say?</h1>" + "<p>A reply.</p>" * 20


class Database:
    """One connection a process, opened as the site opens its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.mark = "?" if self.is_sqlite else "%s"
        self._open: Any = None

    @property
    def connection(self) -> Any:
        if self._open is None:
            self._open = self._connect()
        return self._open

    def _connect(self) -> Any:
        if not self.is_sqlite:
            return psycopg.connect(self.url, autocommit=True, options="-c synchronous_commit=on")
        path = self.url.removeprefix("sqlite:///")
        opened = sqlite3.connect(path, timeout=15, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            opened.execute(f"PRAGMA {pragma}")
        return opened

    def run(self, statement: str, *values: int) -> Any:
        return self.connection.execute(statement.replace("?", self.mark), values)

    def step(self, attempt: int, step: int, choice: int) -> bool:
        self.run("BEGIN IMMEDIATE" if self.is_sqlite else "BEGIN")
        moved = self.run(
            "UPDATE bare_attempt SET step_count = ? WHERE id = ? AND step_count = ?", step, attempt, step - 1
        )
        if moved.rowcount == 1:
            self.run("INSERT INTO bare_step VALUES (?, ?, ?)", attempt, step, choice)
        self.run("COMMIT")
        return bool(moved.rowcount == 1)


def application(url: str, lesson: str) -> Flask:
    """The app: POST /step, GET /page, GET /lesson. Who it is stands in the framework's signed cookie."""
    database, app = Database(url), Flask("bare", static_folder=None)
    app.secret_key = COOKIE_KEY

    def said() -> int:
        query = "SELECT step_count FROM bare_attempt WHERE id = ?"
        return int(database.run(query, session["attempt"]).fetchone()[0])

    @app.post("/step")
    def step() -> Response:
        number, choice = int(request.form["step"]), int(request.form["choice"])
        if number == said() + 1 and database.step(session["attempt"], number, choice):
            return Response(status=303, headers={"Location": "/page"})
        return Response(status=409)

    @app.get("/page")
    def page() -> str:
        return f"{PAGE}<p>{said()}</p>"

    @app.get("/lesson")
    def show() -> str:
        said()
        return lesson

    return app


def cookie(attempt: int) -> str:
    app = application("", "")
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    return f"session={serializer.dumps({'attempt': attempt})}"


def prepare(url: str, people: int) -> None:
    """The two tables, and an attempt for each person."""
    database = Database(url)
    for statement in SCHEMA.split(";"):
        database.run(statement)
    for number in range(1, people + 1):
        database.run("INSERT INTO bare_attempt VALUES (?, ?, 0)", number, number)
    database.connection.close()


def load() -> Flask:
    return application(
        os.environ["BARE_DATABASE"], Path(os.environ["BARE_LESSON"]).read_text(encoding="utf-8")
    )


if __name__ == "__main__":
    os.environ |= {"BARE_DATABASE": sys.argv[2], "BARE_LESSON": sys.argv[3]}
    Granian(
        "bench.bare:load",
        factory=True,
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=os.cpu_count() or 1,
        blocking_threads=1,
        log_enabled=False,
    ).serve()
