"""Databases of earlier releases, kept as text: what a migration must carry over, row by row.

    python -m tests.operations.old_data sqlite:////path/of/a/database tests/operations/old_data/NAME.json

Write one at each release, from a small site with a bit of everything; see the ones that are there.
"""

from __future__ import annotations

import base64
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, Table, create_engine, select, text

FOLDER = Path(__file__).with_name("old_data")
_BYTES = "base64:"
Data = dict[str, Any]


def dump(engine: Engine) -> Data:
    """Every row of every table, and the schema that they belong to."""
    with engine.connect() as connection:
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        tables = {
            table.name: [
                {name: _written(value) for name, value in row.items()}
                for row in connection.execute(select(table)).mappings()
            ]
            for table in _tables(engine)
        }
    return {"revision": revision, "tables": {name: rows for name, rows in tables.items() if rows}}


def fill(engine: Engine, data: Data) -> None:
    """Put the rows into an empty database of their schema."""
    tables = {table.name: table for table in _tables(engine)}
    with engine.execution_options(write=True).begin() as connection:
        for name in (one for one in tables if one in data["tables"]):
            rows = [_read_row(tables[name], row) for row in data["tables"][name]]
            connection.execute(tables[name].insert(), rows)


def _tables(engine: Engine) -> list[Table]:
    """In the order in which rows can be inserted; a search index is made anew, not carried over."""
    found = MetaData()
    found.reflect(engine, only=lambda name, _: not name.startswith(("search_", "alembic_")))
    return found.sorted_tables


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return value.replace(tzinfo=value.tzinfo or UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return _BYTES + base64.b64encode(value).decode()
    return value


def _read_row(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _read(table.c[name].type.python_type, value) for name, value in row.items()}


def _read(kind: type[Any], value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if issubclass(kind, (datetime, date)):
        return kind.fromisoformat(value)
    return base64.b64decode(value.removeprefix(_BYTES)) if value.startswith(_BYTES) else value


if __name__ == "__main__":
    url, target = sys.argv[1:]
    Path(target).write_text(json.dumps(dump(create_engine(url)), indent=1, ensure_ascii=False) + "\n")
