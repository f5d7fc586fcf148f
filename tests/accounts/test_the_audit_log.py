"""The audit log: rows that only grow, each holding the hash of the one before it."""

import threading

import pytest
from flask import Flask
from sqlalchemy import String, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from training.accounts import audit
from training.accounts.models import AuditEntry
from training.clock import now
from training.database import db, transaction
from training.library.formats.shelf import LONGEST_SLUG
from training.library.models import Kind


def write(count: int, actor: str = "ana") -> None:
    for number in range(count):
        with transaction() as session:
            audit.append(session, actor=actor, action="did", subject=f"thing {number}", at=now())


def test_the_chain_holds(app: Flask, session: Session) -> None:
    write(3)
    found = audit.verify(session)

    assert (found.count, found.broken_at) == (3, None)
    assert found.last_hash == session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()))


def test_the_database_refuses_to_change_or_delete_a_row(app: Flask, session: Session) -> None:
    write(1)
    for statement in ("UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"):
        with pytest.raises(DBAPIError, match="never change"), transaction() as writing:
            writing.execute(text(statement))


def test_the_longest_address_that_can_be_published_has_room(app: Flask, session: Session) -> None:
    longest = f"{max(Kind, key=len)}/{'x' * LONGEST_SLUG}"
    with transaction() as writing:  # PostgreSQL refuses a value that is longer than its column
        audit.append(writing, actor="a", action="published", subject=longest, at=now())

    assert session.scalars(select(AuditEntry.subject)).one() == longest
    room = AuditEntry.__table__.c["subject"].type
    assert isinstance(room, String)
    assert (room.length or 0) >= len(longest), "SQLite takes any"


def test_a_row_that_was_slipped_in_is_found(app: Flask, session: Session) -> None:
    write(2)
    with transaction() as writing:
        writing.add(AuditEntry(actor="x", action="did", subject="y", previous_hash="0" * 64, hash="f" * 64))
    write(1)
    found = audit.verify(session)

    assert (found.count, found.broken_at) == (2, 3)


def test_two_writers_at_once_make_one_chain(app: Flask, session: Session) -> None:
    def work(name: str) -> None:
        with app.app_context():
            write(15, name)
            db.session.remove()

    threads = [threading.Thread(target=work, args=(name,)) for name in ("ana", "ben", "omar")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 45
    assert audit.verify(session).broken_at is None


def test_the_command_says_how_far_the_chain_holds(app: Flask) -> None:
    write(2)
    run = app.test_cli_runner()
    assert run.invoke(args=["audit", "verify"]).output.startswith("2 rows, unbroken.")
    with transaction() as writing:
        writing.add(AuditEntry(actor="x", action="did", subject="y", previous_hash="0" * 64, hash="f" * 64))
    broken = run.invoke(args=["audit", "verify"])

    assert broken.exit_code == 1
    assert "Row 3 does not follow" in broken.output
