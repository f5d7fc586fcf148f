"""Which rows are somebody's: found by the foreign keys, so that a table made tomorrow is not forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, false, or_, select
from sqlalchemy.orm import Session

from training.accounts.models import AuditEntry, Person
from training.accounts.participant import Participant
from training.database import Base
from training.mail.models import Message

# A column of this ending says who did something to somebody else: that is theirs, and in the audit log.
DONE_BY = "_by_id"
_SECRET = ("hash", "token", "secret", "password")
# The words of a mail may hold a link that still opens a door.
_WORDS_OF_MAIL = {Message.__table__.c.text, Message.__table__.c.html}
_ROOTS = {Person.__tablename__, Participant.__tablename__}


@dataclass(frozen=True)
class Owner:
    """Under which names a person's rows are kept."""

    person_id: int
    participant_id: int | None
    public_id: str
    email: str | None


@cache
def owned_tables() -> tuple[Table, ...]:
    """The tables that hold rows of people: those that point at one, and those that point at such a row."""
    found: list[Table] = []
    for table in Base.metadata.sorted_tables:
        if table.name in _ROOTS | _by_name().keys() or _to_owner(table) or _to_parent(table, found):
            found.append(table)
    return tuple(found)


def owned_rows(session: Session, owner: Owner) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """Every table's rows of this person, oldest first, without secrets and without who else did what."""
    wanted: dict[str, ColumnElement[bool]] = {}
    for table in owned_tables():
        wanted[table.name] = _is_theirs(table, owner, wanted)
        rows = session.execute(_shown(table).where(wanted[table.name]).order_by(*table.primary_key))
        yield table, [dict(row) for row in rows.mappings()]


def _shown(table: Table) -> Select[*tuple[Any, ...]]:
    return select(*[column for column in table.columns if not is_left_out(column)])


def is_left_out(column: Column[Any]) -> bool:
    """Secrets, even as hashes, open doors; who acted on a row is somebody else's data."""
    return (
        column in _WORDS_OF_MAIL
        or column.name.endswith(DONE_BY)
        or any(word in column.name for word in _SECRET)
    )


def _is_theirs(table: Table, owner: Owner, parents: dict[str, ColumnElement[bool]]) -> ColumnElement[bool]:
    if table.name == Person.__tablename__:
        return table.c.id == owner.person_id
    if table.name == Participant.__tablename__:
        return table.c.id == owner.participant_id
    if table.name in _by_name():
        names = {"to_address": owner.email, "actor": owner.public_id, "subject": owner.public_id}
        columns = [table.c[name] for name in _by_name()[table.name] if names[name] is not None]
        return or_(false(), *[column == names[column.name] for column in columns])
    links = _to_owner(table)
    if links:
        ids = {Person.__tablename__: owner.person_id, Participant.__tablename__: owner.participant_id}
        return or_(*[column == ids[target] for column, target in links])
    return or_(
        *[
            column.in_(select(parent.c.id).where(parents[parent.name]))
            for column, parent in _to_parent(table, list(owned_tables()))
        ]
    )


def _by_name() -> dict[str, tuple[str, ...]]:
    """The two tables that know people by a name of theirs, not by a key."""
    return {Message.__tablename__: ("to_address",), AuditEntry.__tablename__: ("actor", "subject")}


def _to_owner(table: Table) -> list[tuple[Column[Any], str]]:
    return [
        (key.parent, key.column.table.name)
        for key in table.foreign_keys
        if key.column.table.name in _ROOTS and not key.parent.name.endswith(DONE_BY)
    ]


def _to_parent(table: Table, owned: list[Table]) -> list[tuple[Column[Any], Table]]:
    """How a row belongs to somebody's row; one that has an owner of its own belongs to that one alone."""
    if _to_owner(table):
        return []
    return [
        (key.parent, key.column.table)
        for key in table.foreign_keys
        if key.column.table in owned and key.column.table is not table and key.column.table.name not in _ROOTS
    ]
