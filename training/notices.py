"""What the first page tells somebody, whichever feature says it: rows of one shape, read in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, label, literal, select
from sqlalchemy.sql.elements import SQLCoreOperations

_NO_WORDS, _NO_NUMBER = literal(""), literal(0)


@dataclass(frozen=True)
class Notice:
    """`kind` says what it is, `key` is what its page goes by, `at` when it came."""

    kind: str
    key: str
    title: str
    words: str
    number: int
    at: datetime


def notices(
    kind: str,
    key: SQLCoreOperations[str],
    title: SQLCoreOperations[str],
    at: SQLCoreOperations[Any],
    *,
    words: SQLCoreOperations[str] = _NO_WORDS,
    number: SQLCoreOperations[int] = _NO_NUMBER,
) -> Select[*tuple[Any, ...]]:
    """The columns of Notice. The feature that says it adds whose they are: those of `:person_id`."""
    columns = {"key": key, "title": title, "words": words, "number": number, "at": at}
    query: Select[*tuple[Any, ...]] = select(
        literal(kind).label("kind"), *(label(name, column) for name, column in columns.items())
    )
    return query
