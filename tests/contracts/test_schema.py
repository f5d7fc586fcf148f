"""Models and migrations agree, up and down, on the database that the suite runs on."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Column, inspect, text

from training.database import Base, UtcDateTime, db, schema_problem
from training.database.insert_only import INSERT_ONLY


def not_a_search_index(
    _item: object, name: str | None, kind: str, reflected: bool, _compared: object
) -> bool:
    return not (kind == "table" and reflected and name is not None and name.startswith("search_"))


def differences() -> list[object]:
    def compare_type(
        _context: object, _found: Column[object], column: Column[object], *_types: object
    ) -> bool | None:
        return False if isinstance(column, Column) and isinstance(column.type, UtcDateTime) else None

    with db.engine.connect() as connection:
        options = {"compare_type": compare_type, "include_object": not_a_search_index}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Base.metadata))


def trigger_count() -> int:
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            found = connection.execute(text("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"))
        else:
            found = connection.execute(text("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"))
        return int(found.scalar_one())


def test_the_models_are_what_the_migrations_make(app: Flask) -> None:
    assert differences() == []


def test_the_triggers_are_there_at_schema_head(app: Flask) -> None:
    verbs = 2 if db.engine.dialect.name == "sqlite" else 1

    assert trigger_count() == len(INSERT_ONLY) * verbs


def test_every_migration_goes_down_and_up_again(app: Flask) -> None:
    downgrade(revision="base")
    left = [name for name in inspect(db.engine).get_table_names() if not name.startswith("alembic")]

    assert left == []

    upgrade()
    with db.engine.connect() as connection:
        assert schema_problem(connection) is None
    assert differences() == []
    assert trigger_count() > 0
