"""How each database is opened so that an acknowledged answer is never lost."""

import sqlite3
from functools import lru_cache
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
_POSTGRES = (
    "-c synchronous_commit=on",
    f"-c lock_timeout={BUSY_TIMEOUT_MS}",
    "-c default_transaction_read_only=on",
)


def engine_options(url: str) -> dict[str, Any]:
    """Options for `create_engine`, by the kind of database."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000}}
    return {
        "pool_pre_ping": True,
        "pool_size": 5,
        "max_overflow": 5,
        "connect_args": {"options": " ".join(_POSTGRES), "connect_timeout": 5},
    }


@lru_cache(maxsize=16)  # a process has one; a session must be given the same again
def to_read(engine: Engine) -> Engine:
    """That engine, for reads: on PostgreSQL each statement stands alone, without a transaction around it.

    There a read sees what was committed before each of its statements either way. But a transaction is two
    more turns to the server, and psycopg forgets what it has prepared at the end of one that is rolled back:
    every page had its statements planned anew.
    """
    if engine.dialect.name != "postgresql":
        return engine
    return engine.execution_options(isolation_level="AUTOCOMMIT")


@event.listens_for(Engine, "connect")
def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # we say BEGIN ourselves, below
    for pragma in _PRAGMAS:
        connection.execute(pragma)


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """`transaction()` marks what writes; nothing else can, not even by SQL that no listener of ours sees.

    On SQLite a transaction that reads first and writes later fails at once when another writer came between,
    however long the busy timeout is: so reads begin DEFERRED and never take the write lock, and one that will
    write takes it at its beginning.
    """
    writes = connection.get_execution_options().get("write", False)
    driver = cast("Any", connection.connection.driver_connection)
    if connection.dialect.name == "postgresql":
        if not driver.autocommit:
            driver.read_only = not writes
        return
    if connection.info.get("writes", True) != writes:
        driver.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        connection.info["writes"] = writes
    if writes:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        # Nothing to wait for, so nothing to go wrong: straight to the driver, on every request.
        driver.execute("BEGIN")
