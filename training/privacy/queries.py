"""Whom an administrator may let go."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.errors import NotFoundError
from training.viewer import Viewer


def find_anybody(session: Session, public_id: str, viewer: Viewer) -> Person:
    """Anybody who has an account, for an administrator; NotFoundError for everybody else."""
    viewer.require(viewer.is_admin)
    person = session.scalar(select(Person).where(Person.public_id == public_id))
    if person is None:
        raise NotFoundError
    return person
