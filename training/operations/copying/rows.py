"""Rows from one database to another, a batch at a time, and the question whether they arrived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Integer, Table, func, select, text, tuple_

BATCH = 1000
Row = dict[str, Any]
Key = tuple[Any, ...]


def copy_rows(source: Connection, target: Engine, table: Table, size: int = BATCH) -> Iterator[int]:
    """Insert what `target` does not hold yet, in the order of the key; yields the size of each batch.

    Each batch is one transaction: whatever ends the copy, what arrived is whole, and the next one goes on
    behind it.
    """
    after, known = _there_already(target, table)
    for rows in _batches(source, table, size, after):
        new = [row for row in rows if _key_of(table, row) not in known]
        if new:
            with target.execution_options(write=True).begin() as connection:
                connection.execute(table.insert(), new)
        yield len(new)


def differences(source: Connection, target: Connection, table: Table) -> Iterator[str]:
    """Every row of `target` that `source` holds otherwise, or not at all, as “table key”.

    With as many rows on both sides and no difference, the two tables are the same.
    """
    for theirs in _batches(target, table, BATCH, None):
        ours = _rows_of(source, table, [_key_of(table, row) for row in theirs])
        for row in theirs:
            key = _key_of(table, row)
            if ours.get(key) != row:
                yield " ".join([table.name, *(str(part) for part in key)])


def count_rows(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def continue_numbers(target: Engine, tables: Iterable[Table]) -> None:
    """Let PostgreSQL number new rows behind the copied ones; SQLite looks at the rows themselves."""
    if target.dialect.name != "postgresql":
        return
    with target.execution_options(write=True).begin() as connection:
        for table in tables:
            number = _number(table)
            last = None if number is None else connection.execute(select(func.max(number))).scalar()
            if number is not None and last is not None:
                connection.execute(
                    text("SELECT setval(pg_get_serial_sequence(:name, :number), :last)"),
                    {"name": table.name, "number": number.name, "last": last},
                )


def _there_already(target: Engine, table: Table) -> tuple[Key | None, set[Key]]:
    """Where to go on: behind the last number or, where keys are no numbers, all but the known ones."""
    number = _number(table)
    with target.connect() as connection:
        if number is None:
            return None, {tuple(key) for key in connection.execute(select(*table.primary_key))}
        last = connection.execute(select(func.max(number))).scalar()
        return (None if last is None else (last,)), set()


def _batches(connection: Connection, table: Table, size: int, after: Key | None) -> Iterator[list[Row]]:
    key = list(table.primary_key)
    while True:
        statement = select(table).order_by(*key).limit(size)
        if after is not None:
            statement = statement.where(tuple_(*key) > tuple_(*after))
        rows = [dict(row) for row in connection.execute(statement).mappings()]
        if not rows:
            return
        yield rows
        after = _key_of(table, rows[-1])


def _rows_of(connection: Connection, table: Table, keys: list[Key]) -> dict[Key, Row]:
    columns = list(table.primary_key)
    wanted = columns[0].in_([key[0] for key in keys]) if len(columns) == 1 else tuple_(*columns).in_(keys)
    rows = [dict(row) for row in connection.execute(select(table).where(wanted)).mappings()]
    return {_key_of(table, row): row for row in rows}


def _key_of(table: Table, row: Row) -> Key:
    return tuple(row[column.name] for column in table.primary_key)


def _number(table: Table) -> ColumnElement[int] | None:
    """The column that the database numbers, where a table has one."""
    columns = list(table.primary_key)
    return columns[0] if len(columns) == 1 and isinstance(columns[0].type, Integer) else None
