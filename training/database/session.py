"""The session, and the one way to write."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy import session as flask_session
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.unitofwork import UOWTransaction

from training.database.base import Base
from training.database.engine import to_read


class _Session(flask_session.Session):
    """Reads and writes by one engine each."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        found = super().get_bind(*args, **kwargs)
        if self.info.get("writing") or isinstance(found, Connection):
            return found
        return to_read(found)


# Models inherit `Base`, not `db.Model`, which mypy cannot see; the two share their metadata.
db = SQLAlchemy(metadata=Base.metadata, session_options={"class_": _Session})


@contextmanager
def transaction() -> Iterator[Session]:
    """One write transaction, committed when the block ends well and rolled back when it does not.

    It begins by ending the read that came before, so everything loaded earlier is read again under the
    write lock: a decision is never made on rows that somebody changed meanwhile. Blocks do not nest.
    """
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("a transaction is already open")
    session.rollback()
    session.info["writing"] = True
    try:
        session.connection(execution_options={"write": True})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["writing"] = False


class UnmarkedWriteError(RuntimeError):
    """A write outside `transaction()`: a GET that writes, or a service called from the wrong place."""


@event.listens_for(Session, "before_flush")
def _refuse_unmarked_flush(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    if not session.info.get("writing") and (session.new or session.dirty or session.deleted):
        raise UnmarkedWriteError("rows changed outside `with transaction()`")


@event.listens_for(Session, "do_orm_execute")
def _refuse_unmarked_statement(state: ORMExecuteState) -> None:
    writes = state.is_insert or state.is_update or state.is_delete
    if writes and not state.session.info.get("writing"):
        raise UnmarkedWriteError("a statement writes outside `with transaction()`")
