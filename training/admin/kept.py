"""Files between preview and confirmation: kept for an hour, for whoever sent them alone."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from training.admin.models import PeopleImport
from training.errors import NotFoundError
from training.viewer import Viewer

KEPT = timedelta(hours=1)


def keep_file(session: Session, called: str, body: bytes, viewer: Viewer, at: datetime) -> PeopleImport:
    """Keep a file that was just sent; one that the same person sent before and never confirmed goes."""
    session.execute(
        delete(PeopleImport).where(
            PeopleImport.uploaded_by_id == viewer.id, PeopleImport.applied_at.is_(None)
        )
    )
    kept = PeopleImport(
        uploaded_by_id=viewer.id, called=called[:120], body=body, created_at=at, expires_at=at + KEPT
    )
    session.add(kept)
    session.flush()
    return kept


def find_file(session: Session, public_id: str, viewer: Viewer, at: datetime) -> PeopleImport:
    """The viewer's own file, while it is kept; NotFoundError for every other."""
    found = session.scalar(
        select(PeopleImport).where(
            PeopleImport.public_id == public_id,
            PeopleImport.uploaded_by_id == viewer.id,
            PeopleImport.expires_at > at,
        )
    )
    if found is None:
        raise NotFoundError
    return found


def claim_file(session: Session, kept: PeopleImport, at: datetime) -> bool:
    """Take the file for writing it, and empty it; False where another request was first."""
    mine = (PeopleImport.id == kept.id, PeopleImport.applied_at.is_(None), PeopleImport.expires_at > at)
    taken = session.execute(
        update(PeopleImport).where(*mine).values(applied_at=at, body=b"").returning(PeopleImport.id)
    )
    return taken.first() is not None


def clean_up_files(session: Session, at: datetime) -> int:
    """Delete files that nobody confirmed in time; returns how many."""
    gone = session.execute(delete(PeopleImport).where(PeopleImport.expires_at < at))
    return cast("CursorResult[Any]", gone).rowcount
