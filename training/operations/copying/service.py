"""The whole database to another address: prepared, copied, compared, replayed."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

import training
from training.database import Base, db, engine_options, schema_problem
from training.errors import ConflictError, UnavailableError
from training.library.search import reindex
from training.operations.backups.checking import Checked, check_contents
from training.operations.backups.keeping import keeper_for
from training.operations.copying.rows import continue_numbers, copy_rows, count_rows, differences
from training.settings import Settings

MOST_NAMED = 5
Watcher = Callable[[str, int], None]  # what is being done, and how many rows further it is


@dataclass(frozen=True)
class Copied:
    """What a copy did. `wrong` names rows that differ afterwards, and tables with too many or too few."""

    new: int
    rows: int
    wrong: tuple[str, ...]
    checked: Checked

    @property
    def is_well(self) -> bool:
        return not self.wrong and self.checked.is_well


def copy_database(app: Flask, url: str, watch: Watcher) -> Copied:
    """Copy every row of the site's database to `url`, or go on with a copy that was cut off.

    Raises ConflictError while the site runs, where `url` is the same database, and where it holds rows that
    are not ours; UnavailableError where either cannot be used. In each case the site's own database was only
    read, and no row of the other was changed.
    """
    settings = cast("Settings", app.extensions["settings"])
    _refuse_the_same(settings.database, url)
    with keeper_for(app).alone(), _ours() as source:
        _prepare(settings, url)
        target = create_engine(url, **engine_options(url))
        try:
            _refuse_other_rows(source, target)
            return _copy(source, target, watch)
        finally:
            target.dispose()


def count_all(app: Flask) -> int:
    """How many rows there are to copy."""
    with app.app_context(), _ours() as source:
        return sum(count_rows(source, table) for table in Base.metadata.sorted_tables)


def _copy(source: Connection, target: Engine, watch: Watcher) -> Copied:
    tables = Base.metadata.sorted_tables
    new = 0
    for table in tables:
        for size in copy_rows(source, target, table):
            new += size
            watch(table.name, size)
    continue_numbers(target, tables)
    with Session(target.execution_options(write=True)) as session, session.begin():
        reindex(session)
    with target.connect() as theirs:
        rows = sum(count_rows(theirs, table) for table in tables)
        wrong = tuple(_wrong(source, theirs))
    return Copied(new, rows, wrong, check_contents(target))


def _wrong(source: Connection, target: Connection) -> Iterator[str]:
    for table in Base.metadata.sorted_tables:
        here, there = count_rows(source, table), count_rows(target, table)
        if here != there:
            yield f"{table.name} has {here} rows here and {there} there"
        yield from differences(source, target, table)


@contextmanager
def _ours() -> Iterator[Connection]:
    """One moment of the site's own database, to read."""
    with db.engine.connect() as connection:
        problem = schema_problem(connection)
        if problem:
            raise UnavailableError(problem)
        yield connection
    db.engine.dispose()


def _prepare(settings: Settings, url: str) -> None:
    """Bring the other database's schema to ours."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="zanshin-copy-") as folder:
        site = training.create_app(replace(settings, instance=Path(folder), database_url=url))
        try:
            with site.app_context():
                upgrade()
                db.engine.dispose()
        except OperationalError as problem:
            reason = str(problem.orig).strip().splitlines()[0]
            raise UnavailableError(
                f"The database at {_shown(url)} cannot be used ({reason}). Make an empty one there, or mend"
                " the address. Nothing was changed."
            ) from None


def _refuse_the_same(ours: str, theirs: str) -> None:
    a, b = make_url(ours), make_url(theirs)
    if (a.host, a.port, a.database) == (b.host, b.port, b.database):
        raise ConflictError(f"{_shown(theirs)} is the database of this site already. Nothing was changed.")


def _refuse_other_rows(source: Connection, target: Engine) -> None:
    with target.connect() as theirs:
        found = []
        for table in Base.metadata.sorted_tables:
            found += [
                one for one, _ in zip(differences(source, theirs, table), range(MOST_NAMED), strict=False)
            ]
    if found:
        named = ", ".join(found[:MOST_NAMED])
        raise ConflictError(
            f"The database at {_shown(str(target.url))} holds rows that are not as they are here ({named})."
            " It belongs to somebody else, or this site was used after an earlier copy. Name an empty"
            " database. Nothing was changed."
        )


def _shown(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)
