"""Databases for tests: a prepared SQLite file copied per test, or a PostgreSQL database from a template."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from flask_migrate import upgrade
from sqlalchemy.engine import make_url

from training import create_app
from training.database import db
from training.settings import Settings

SECRET = "only-for-tests-" + "x" * 32
POSTGRES = "TEST_DATABASE_URL"


def settings_for(url: str, folder: Path) -> Settings:
    """The settings of a test site: local, in its own folder, with the cheapest password hashes."""
    return Settings(instance=folder, database_url=url, secret_key=SECRET, cheap_hashes=True, development=True)


def migrate(url: str, folder: Path) -> None:
    app = create_app(settings_for(url, folder))
    with app.app_context():
        upgrade()
        db.engine.dispose()  # closing checkpoints the write-ahead log into the file


def prepare_sqlite(folder: Path) -> Path:
    """An empty database at schema head, made once a session."""
    path = folder / "prepared.sqlite3"
    migrate(f"sqlite:///{path}", folder)
    return path


def copy_sqlite(prepared: Path, folder: Path) -> str:
    target = folder / "test.sqlite3"
    shutil.copyfile(prepared, target)
    return f"sqlite:///{target}"


def postgres_server() -> str | None:
    """The server that `make test` started (or that somebody named), if any."""
    return os.environ.get(POSTGRES) or None


def _execute(server: str, statement: str) -> None:
    plain = make_url(server).render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement.encode())


def prepare_postgres(server: str, folder: Path) -> str:
    """A template database at schema head, made once a session; returns its name."""
    name = f"template_{uuid.uuid4().hex[:12]}"
    _execute(server, f"CREATE DATABASE {name}")
    migrate(_named(server, name), folder)
    return name


def _named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@contextmanager
def empty_postgres(server: str) -> Iterator[str]:
    """A database without a table, dropped afterwards."""
    with copy_postgres(server, "template1") as url:
        yield url


@contextmanager
def copy_postgres(server: str, template: str) -> Iterator[str]:
    """A database of one test's own, dropped afterwards."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    _execute(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _named(server, name)
    finally:
        _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def drop_postgres(server: str, name: str) -> None:
    _execute(server, f"DROP DATABASE {name} WITH (FORCE)")
