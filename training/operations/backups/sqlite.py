"""Backing up and putting back a SQLite file."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine, NullPool, create_engine

from training.errors import ConflictError, UnavailableError
from training.operations.backups.shelf import sync
from training.operations.in_use import InUse

SUFFIX = "sqlite3"
WAIT_SECONDS = 15.0
# What the copy needs beside its own size: the check writes nothing, so this is only for the file system.
ROOM = 1.1


class SqliteKeeper:
    """Copies of one SQLite file. See `Keeper` for the promises."""

    suffix = SUFFIX

    def __init__(self, path: Path, lock: InUse) -> None:
        self.path = path
        self.lock = lock

    def copy_to(self, part: Path) -> None:
        """The online backup API sees one moment of the file, its write-ahead log included, under load too.

        Copying the file instead missed committed rows in every trial: they were still in the log.
        """
        if not self.path.is_file():
            raise UnavailableError(f"There is no database at {self.path} to back up.")
        self._check_room(part.parent)
        with closing(_open(self.path, "mode=rw")) as live, closing(sqlite3.connect(part)) as copy:
            live.backup(copy)
            # One file and no log beside it, so that a copy of the copy is whole as well.
            copy.execute("PRAGMA journal_mode=DELETE")

    def _check_room(self, folder: Path) -> None:
        log = Path(f"{self.path}-wal")
        needed = self.path.stat().st_size + (log.stat().st_size if log.exists() else 0)
        free = shutil.disk_usage(folder).free
        if free < needed * ROOM:
            raise UnavailableError(
                f"The backup needs {needed // 2**20 + 1} MB in {folder} and there are {free // 2**20} MB."
                " Make room, or set TRAINING_BACKUP_FOLDER to another disk."
            )

    @contextmanager
    def opened(self, backup: Path) -> Iterator[Engine]:
        engine = create_engine(f"sqlite:///file:{backup}?mode=ro&immutable=1&uri=true", poolclass=NullPool)
        try:
            yield engine
        finally:
            engine.dispose()

    def damage(self, backup: Path) -> list[str]:
        try:
            with closing(_open(backup, "mode=ro&immutable=1")) as copy:
                said = [str(row[0]) for row in copy.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
                lost = len(copy.execute("PRAGMA foreign_key_check").fetchall())
        except sqlite3.DatabaseError as problem:
            return [f"it cannot be read: {problem}"]
        return said + ([f"{lost} rows point to rows that are not there"] if lost else [])

    @contextmanager
    def alone(self) -> Iterator[None]:
        if not self.lock.claim():
            raise ConflictError(
                f"The site, or a command of it, is using {self.path}. Stop them all, then restore again."
                " Nothing was changed."
            )
        try:
            yield
        finally:
            self.lock.release()

    def put_back(self, backup: Path, mark: str) -> str | None:
        """The new file takes the name in one rename, and the old one is kept; None where there was none."""
        new = Path(f"{self.path}.restoring")
        shutil.copyfile(backup, new)
        new.chmod(0o600)
        sync(new)
        kept = Path(f"{self.path}.before-{mark}")
        there_was_one = self.path.exists()
        if there_was_one:
            self._put_aside(kept)
        new.replace(self.path)
        sync(self.path.parent)
        return str(kept) if there_was_one else None

    def _put_aside(self, kept: Path) -> None:
        """Keep the old file and its log under other names, then take the log away from the live name.

        A log beside a file that is not its own would be read into it. SQLite does not open the old file
        here: of a damaged one it may throw the log away.
        """
        for ending in ("", "-wal", "-journal"):
            with suppress(FileNotFoundError):
                _keep(Path(f"{self.path}{ending}"), Path(f"{kept}{ending}"))
        sync(self.path.parent)
        for ending in ("-wal", "-journal", "-shm"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)


def _keep(old: Path, kept: Path) -> None:
    try:
        os.link(old, kept)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without hard links
        shutil.copy2(old, kept)


def _open(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=WAIT_SECONDS)
