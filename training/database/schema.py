"""Is the database at the schema that this code was written for?"""

from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


@cache
def schema_head() -> str:
    """The newest migration's name."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    assert head is not None, "migrations/versions is empty"  # noqa: S101  # a broken checkout, not a user's mistake
    return head


def schema_problem(connection: Connection) -> str | None:
    """A sentence for the operator when the schema is not the one this code needs, else None."""
    if not inspect(connection).has_table("alembic_version"):
        return (
            "The database is empty. Run `flask --app app db upgrade` first; `make run` and `make serve` do."
        )
    current = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if current == schema_head():
        return None
    return (
        f"The database is at schema {current}, this code needs {schema_head()}."
        " Run `flask --app app db upgrade` first; nothing was changed."
    )
