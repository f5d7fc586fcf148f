"""A row that another one was before: a unique index is the lock, and this is how it says so."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

# PostgreSQL's SQLSTATE; the names of SQLite's two extended codes.
_UNIQUE_VIOLATION = "23505"
_SQLITE = ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY")


def is_duplicate(problem: IntegrityError) -> bool:
    """Whether a unique index refused it. Any other refusal (a missing value, a dangling key) is a bug."""
    said = problem.orig
    return (
        getattr(said, "sqlstate", "") == _UNIQUE_VIOLATION or getattr(said, "sqlite_errorname", "") in _SQLITE
    )
