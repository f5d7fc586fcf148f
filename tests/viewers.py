"""A person as finders and services know them, without a browser."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.teams.models import Membership, Role
from training.viewer import Viewer


def as_viewer(session: Session, person_id: int) -> Viewer:
    """The person as if they had just signed in."""
    person = session.get_one(Person, person_id)
    leading = exists().where(
        Membership.person_id == person_id, Membership.role == Role.LEAD, Membership.left_at.is_(None)
    )
    leads = bool(session.scalar(select(leading)))
    return Viewer(
        person.id, person.public_id, person.name, person.is_trainer, person.is_admin, leads, 0, False
    )
