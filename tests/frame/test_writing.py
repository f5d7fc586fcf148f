"""The one way to write, and what stops every other."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import Cast
from training.accounts.audit import append
from training.accounts.models import AuditEntry, Person
from training.clock import now
from training.database import db, transaction
from training.database.session import UnmarkedWriteError
from training.library.models import Item, Kind, Revision
from training.teams.models import Team


def test_a_change_outside_a_transaction_is_refused(session: Session, cast: Cast) -> None:
    session.get_one(Person, cast.ana).name = "Somebody else"

    with pytest.raises(UnmarkedWriteError):
        session.flush()
    session.rollback()


def test_a_statement_outside_a_transaction_is_refused(session: Session) -> None:
    with pytest.raises(UnmarkedWriteError):
        session.execute(insert(Team).values(slug="x", name="X"))


def test_what_only_reads_can_write_by_no_way_at_all(session: Session) -> None:
    write = text("INSERT INTO team (slug, name) VALUES ('x', 'X')")

    with pytest.raises(DBAPIError, match=r"read-?only"):
        session.execute(write)
    with db.engine.connect() as connection, pytest.raises(DBAPIError, match=r"read-?only"):
        connection.execute(write)


def test_what_a_page_asks_again_and_again_stays_prepared(session: Session, visitor: Browser) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite's driver keeps what it has prepared by itself")
    for _time in range(8):  # the driver prepares what it has seen five times
        assert visitor.get("/tips").status_code == 200

    prepared = session.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    assert any("FROM publication" in statement for statement in prepared)


def test_an_error_takes_everything_back(session: Session) -> None:
    with pytest.raises(ZeroDivisionError), transaction() as writing:
        writing.add(Team(slug="half", name="Half"))
        writing.flush()
        raise ZeroDivisionError

    assert session.scalar(select(Team).where(Team.slug == "half")) is None


def test_what_was_read_before_is_read_again_under_the_lock(app: Flask, session: Session, cast: Cast) -> None:
    ana = session.get_one(Person, cast.ana)
    assert ana.name == "Ana Duarte"
    rename(app, cast.ana, "Ana Ferreira")

    with transaction():
        assert ana.name == "Ana Ferreira"


def test_two_transactions_at_once_lose_nothing(app: Flask, cast: Cast) -> None:
    def add_teams(start: int) -> None:
        with app.app_context():
            for number in range(start, start + 20):
                with transaction() as session:
                    count = len(session.scalars(select(Team)).all())
                    session.add(Team(slug=f"team-{number}", name=f"Team {number} after {count}"))

    threads = [threading.Thread(target=add_teams, args=(start,)) for start in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(db.session.scalars(select(Team)).all()) == 2 + 60


def test_instants_come_back_in_utc(session: Session, cast: Cast) -> None:
    noon = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    with transaction() as writing:
        writing.get_one(Person, cast.ana).disabled_at = noon

    stored = session.get_one(Person, cast.ana).disabled_at

    assert stored == noon
    assert stored is not None
    assert stored.tzinfo is UTC


def test_an_instant_without_its_zone_is_refused(cast: Cast) -> None:
    with pytest.raises(Exception, match="time zone"), transaction() as writing:
        writing.get_one(Person, cast.ana).disabled_at = datetime(2026, 7, 1, 12)  # noqa: DTZ001


@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id + 1", "DELETE FROM {table}"])
@pytest.mark.parametrize("table", ["revision", "audit_entry"])
def test_revisions_and_the_audit_log_never_change(app: Flask, table: str, statement: str) -> None:
    with transaction() as session:
        item = Item(kind=Kind.LESSON, slug="seeing-it-coming")
        session.add(item)
        session.flush()
        session.add(Revision(item_id=item.id, number=1, source="text", content_hash="0" * 64))
        append(session, actor="operator", action="test", subject="nothing", at=now())

    with pytest.raises(DBAPIError, match="never change"), transaction() as session:
        session.execute(text(statement.format(table=table)))

    assert db.session.scalar(select(Revision.source)) == "text"
    assert db.session.scalar(select(AuditEntry.action)) == "test"


def rename(app: Flask, person_id: int, name: str) -> None:
    """Somebody else, in a thread and so a session of their own."""

    def work() -> None:
        with app.app_context(), transaction() as session:
            session.get_one(Person, person_id).name = name

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
