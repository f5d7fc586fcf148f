"""The audit log: rows that only ever grow, each holding the hash of the one before it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from training.accounts.models import AuditEntry

BEGINNING = "0" * 64
OPERATOR = "operator"


def append(
    session: Session, *, actor: str, action: str, subject: str, at: datetime, request_id: str = ""
) -> AuditEntry:
    """Write down that `actor` did `action` to `subject`, in the transaction that does it.

    Public ids only; never contents, never secrets. Appends from two transactions follow each other: the
    later one waits, so call this last.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE audit_entry IN SHARE ROW EXCLUSIVE MODE"))
    last = session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1))
    entry = AuditEntry(
        at=at,
        actor=actor,
        action=action,
        subject=subject,
        request_id=request_id,
        previous_hash=last or BEGINNING,
        hash="",
    )
    entry.hash = hash_of_entry(entry)
    session.add(entry)
    session.flush()
    return entry


def append_all(session: Session, *, actor: str, deeds: Iterable[tuple[str, str]], at: datetime) -> None:
    """As `append`, for many deeds of one actor in one go: pairs of action and subject, in their order."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE audit_entry IN SHARE ROW EXCLUSIVE MODE"))
    previous = session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)) or BEGINNING
    rows: list[dict[str, object]] = []
    for action, subject in deeds:
        row = {"at": at, "actor": actor, "action": action, "subject": subject, "request_id": ""}
        after = _hash(previous, at, actor, action, subject, "")
        rows.append({**row, "previous_hash": previous, "hash": after})
        previous = after
    if rows:
        session.execute(insert(AuditEntry.__table__), rows)  # type: ignore[arg-type]  # it is a table


def hash_of_entry(entry: AuditEntry) -> str:
    """SHA-256 over everything the row says, the hash before it included."""
    return _hash(entry.previous_hash, entry.at, entry.actor, entry.action, entry.subject, entry.request_id)


def _hash(previous: str, at: datetime, actor: str, action: str, subject: str, request_id: str) -> str:
    said = [previous, at.isoformat(timespec="microseconds"), actor, action, subject, request_id]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Verified:
    """How far the chain holds. `broken_at` is the id of the first row that does not fit, if any.

    `last_hash` noted elsewhere also shows whether rows were cut off the end, which no chain can see.
    """

    count: int
    last_hash: str
    broken_at: int | None


def verify(session: Session) -> Verified:
    """Read the whole log and compare every row with the one before it."""
    previous, count = BEGINNING, 0
    for entry in _all_entries(session):
        if entry.previous_hash != previous or hash_of_entry(entry) != entry.hash:
            return Verified(count, previous, entry.id)
        previous, count = entry.hash, count + 1
    return Verified(count, previous, None)


def _all_entries(session: Session) -> Iterator[AuditEntry]:
    """In their order, some hundred at a time: no transaction need stay open for as long as it takes."""
    last = 0
    query = select(AuditEntry).order_by(AuditEntry.id).limit(500)
    while entries := session.scalars(query.where(AuditEntry.id > last)).all():
        yield from entries
        last = entries[-1].id
