"""Is the database at the schema that this code was written for, or at one that it can live with?"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from training.database.base import Base

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


@cache
def _schemas() -> tuple[str, ...]:
    """The names of this code's migrations, the newest first."""
    found = tuple(script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions())
    assert found, "migrations/versions is empty"  # noqa: S101  # a broken checkout, not a user's mistake
    return found


def schema_problem(connection: Connection) -> str | None:
    """A sentence for the operator when the schema is not this code's own, else None."""
    return _problem(_current(connection))


def _problem(current: str) -> str | None:
    if not current:
        return (
            "The database is empty. Run `flask --app app db upgrade` first; `make run` and `make serve` do."
        )
    if current == _schemas()[0]:
        return None
    if _is_later(current):
        return f"The database is of a later release (schema {current}): use that release's code."
    return (
        f"The database is at schema {current}, this code needs {_schemas()[0]}."
        " Run `flask --app app db upgrade` first; nothing was changed."
    )


def serving_problem(connection: Connection) -> str | None:
    """As `schema_problem`; but a later release's schema that has room for this code's rows is no problem.

    So the sites of the release before go on, and may be started again, while a new one is brought in.
    """
    current = _current(connection)
    if not _is_later(current):
        return _problem(current)
    misses = ", ".join(_what_we_miss(connection))
    if not misses:
        return None
    return f"The database is of a later release, with which this code cannot work: {misses}."


def is_of_later_release(connection: Connection) -> bool:
    """Whether a migration made it that this code does not know."""
    return _is_later(_current(connection))


def _is_later(current: str) -> bool:
    return bool(current) and current not in _schemas()


def _current(connection: Connection) -> str:
    """The newest migration that was made there; empty where there was none."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def _what_we_miss(connection: Connection) -> Iterator[str]:
    """What of our tables is gone, and what was added to them that a row of ours does not fill."""
    found = {name: columns for (_, name), columns in inspect(connection).get_multi_columns().items()}
    for table in Base.metadata.sorted_tables:
        if table.name not in found:
            yield f"{table.name} is gone"
            continue
        there, ours = {column["name"]: column for column in found[table.name]}, set(table.columns.keys())
        yield from (f"{table.name}.{name} is gone" for name in sorted(ours - set(there)))
        for name in sorted(set(there) - ours):
            if not there[name]["nullable"] and there[name]["default"] is None:
                yield f"{table.name}.{name} must be filled"
