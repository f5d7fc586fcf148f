"""Backing up and putting back a PostgreSQL database, with PostgreSQL's own programs."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL, Engine, NullPool, create_engine, make_url

from training.errors import ConflictError, UnavailableError
from training.operations.in_use import InUse

SUFFIX = "dump"
# Where to stand while another database is made, renamed or dropped.
_OUTSIDE = "postgres"


class PostgresKeeper:
    """Copies of one PostgreSQL database. See `Keeper` for the promises."""

    suffix = SUFFIX

    def __init__(self, url: str, lock: InUse) -> None:
        self.url = make_url(url).set(drivername="postgresql")
        self.lock = lock

    @property
    def name(self) -> str:
        return self.url.database or ""

    def copy_to(self, part: Path) -> None:
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={part}")

    @contextmanager
    def opened(self, backup: Path) -> Iterator[Engine]:
        """The dump, restored into a database of its own that is dropped afterwards."""
        scratch = self.url.set(database=f"{self.name[:40]}_check_{secrets.token_hex(4)}")
        self._make(scratch)
        engine = create_engine(scratch, poolclass=NullPool)
        try:
            self._fill(scratch, backup)
            yield engine
        finally:
            engine.dispose()
            self._outside(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(scratch.database or ""))
            )

    def damage(self, backup: Path) -> list[str]:
        """Read to its end here; its rows are put in under all constraints when it is opened."""
        try:
            self._run("pg_restore", f"--file={os.devnull}", str(backup), connect=False)
        except UnavailableError as problem:
            return [problem.message]
        return []

    @contextmanager
    def alone(self) -> Iterator[None]:
        """PostgreSQL knows who is connected, from every host, after every crash; the lock adds the idle."""
        if not self.lock.claim():
            raise self._busy("a process of this site on this computer")
        try:
            others = self._others()
            if others:
                raise self._busy(", ".join(others))
            yield
        finally:
            self.lock.release()

    def put_back(self, backup: Path, mark: str) -> str | None:
        """Fill a new database, then exchange the names in one transaction; the old database is kept."""
        new = self.url.set(database=f"{self.name[:30]}_restoring_{secrets.token_hex(4)}")
        kept = f"{self.name[:30]}_before_{''.join(sign for sign in mark if sign.isalnum())}"
        self._make(new)
        try:
            self._fill(new, backup)
            self._exchange(new.database or "", kept)
        except BaseException:
            drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            self._outside(drop.format(sql.Identifier(new.database or "")))
            raise
        return kept

    def _exchange(self, new: str, kept: str) -> None:
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        try:
            with psycopg.connect(_plain(self.url.set(database=_OUTSIDE))) as connection:
                connection.execute(rename.format(sql.Identifier(self.name), sql.Identifier(kept)))
                connection.execute(rename.format(sql.Identifier(new), sql.Identifier(self.name)))
        except psycopg.errors.ObjectInUse:  # somebody connected meanwhile: the server itself refuses
            raise self._busy("somebody who connected just now") from None

    def _others(self) -> list[str]:
        with psycopg.connect(_plain(self.url.set(database=_OUTSIDE))) as connection:
            rows = connection.execute(
                "SELECT coalesce(nullif(application_name, ''), 'a client'),"
                " coalesce(host(client_addr), 'this computer') FROM pg_stat_activity WHERE datname = %s",
                [self.name],
            ).fetchall()
        return [f"{program} from {host}" for program, host in rows]

    def _busy(self, who: str) -> ConflictError:
        return ConflictError(
            f"The database {self.name} is in use by {who}. Stop the site and its jobs on every host,"
            " then restore again. Nothing was changed."
        )

    def _make(self, url: URL) -> None:
        try:
            self._outside(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(url.database or ""))
            )
        except psycopg.errors.InsufficientPrivilege:
            role = self.url.username or ""
            raise UnavailableError(
                f"A dump is checked and restored in a database of its own, and {role} may not make one."
                f" As the database's administrator, run: ALTER ROLE {role} CREATEDB"
            ) from None

    def _fill(self, url: URL, backup: Path) -> None:
        self._run("pg_restore", "--exit-on-error", "--no-owner", "--no-privileges", str(backup), database=url)

    def _outside(self, statement: sql.Composed) -> None:
        with psycopg.connect(_plain(self.url.set(database=_OUTSIDE)), autocommit=True) as connection:
            connection.execute(statement)

    def _run(self, program: str, *arguments: str, database: URL | None = None, connect: bool = True) -> None:
        """Run one of PostgreSQL's programs; UnavailableError with its own words where it fails."""
        found = shutil.which(program)
        if found is None:
            raise UnavailableError(
                f"The program {program} is not here. Install PostgreSQL's client programs, of the server's"
                " version or newer (Debian: postgresql-client)."
            )
        url = database or self.url
        # The password goes through the environment: arguments can be seen by everybody on the computer.
        address = url.set(password=None).render_as_string(hide_password=False)
        secret = {"PGPASSWORD": str(url.password)} if url.password else {}
        done = subprocess.run(  # noqa: S603  # the program was found above, the arguments are ours
            [found, *([f"--dbname={address}"] if connect else []), *arguments],
            env={**os.environ, **secret},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise UnavailableError(f"{program} failed: {done.stderr.strip()[:600]}")


def _plain(url: URL) -> str:
    return url.render_as_string(hide_password=False)
