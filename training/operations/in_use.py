"""Who uses the database now: a lock that the system gives back when a process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from threading import Lock
from typing import cast

from flask import Flask
from sqlalchemy import event

from training.database import db
from training.errors import UnavailableError
from training.settings import Settings


class InUse:
    """A shared lock on a file, held from a process's first connection until it closes them all or dies.

    A file with a process id in it would be wrong after a crash, and a heartbeat wrong for as long as it
    beats; the kernel's own lock is neither. Workers forked from a process that holds it hold it too.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._handle: int | None = None

    def hold(self) -> None:
        """Say that this process uses the database; UnavailableError while a restore is under way."""
        with self._lock:
            if self._handle is None and not self._take(fcntl.LOCK_SH):
                raise UnavailableError(
                    "A backup is being restored at this moment. Try again when it is done."
                )

    def claim(self) -> bool:
        """Have the database alone, until `release`. False where another process uses it."""
        with self._lock:
            return self._take(fcntl.LOCK_EX)

    def release(self) -> None:
        """Closing gives this process's part back; a forked parent or child keeps its own."""
        with self._lock:
            if self._handle is not None:
                os.close(self._handle)
                self._handle = None

    def _take(self, kind: int) -> bool:
        if self._handle is None:
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._handle)
            self._handle = None
            return False
        return True


def lock_path(settings: Settings) -> Path:
    """Beside the SQLite file, so that two instances of one database meet; else in the instance folder."""
    if settings.is_sqlite:
        return Path(f"{sqlite_path(settings)}.in-use")
    return settings.instance / "database.in-use"


def sqlite_path(settings: Settings) -> Path:
    return Path(settings.database.removeprefix("sqlite:///").partition("?")[0])


def init(app: Flask) -> None:
    """Hold the lock for as long as this app's engine has connections."""
    settings = cast("Settings", app.extensions["settings"])
    lock = InUse(lock_path(settings))
    app.extensions["in_use"] = lock

    def hold(*_: object) -> None:
        try:
            lock.hold()
        except OSError:
            # PostgreSQL knows its own connections: there the file only adds this host's idle processes, and
            # a host without an instance folder can do without it.
            if settings.is_sqlite:
                raise

    with app.app_context():
        event.listen(db.engine, "do_connect", hold)
        event.listen(db.engine, "engine_disposed", lambda _engine: lock.release())
