"""Alembic's entry point: our metadata, batch mode on SQLite, one transaction a migration."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from training.database import Base, UtcDateTime


def render_item(kind: str, item: object, autogen: object) -> str | bool:
    """Write our own column type as what it is for a database."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def compare_type(
    ctx: object, inspected: object, column: object, found: object, wanted: object
) -> bool | None:
    """An instant is a DateTime to the database; everything else is compared as usual."""
    return False if isinstance(wanted, UtcDateTime) else None


def include_object(item: object, name: str | None, kind: str, reflected: bool, compared: object) -> bool:
    """Search indexes keep tables of their own, which no model describes."""
    return not (kind == "table" and reflected and name is not None and name.startswith("search_"))


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=compare_type,
        include_object=include_object,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def main() -> None:
    engine = current_app.extensions["sqlalchemy"].engine
    with engine.connect().execution_options(write=True) as connection:
        if connection.dialect.name == "sqlite":
            # A batch migration copies a table; its rows must not cascade away meanwhile.
            connection.connection.execute("PRAGMA foreign_keys=OFF")
        run(connection)
        if connection.dialect.name == "sqlite":
            connection.connection.execute("PRAGMA foreign_keys=ON")
        connection.commit()


main()
