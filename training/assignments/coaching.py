"""When the coach speaks in a call: as an assignment says, where one does."""

from sqlalchemy.orm import Session

from training.assignments.models import Coaching
from training.assignments.queries import open_assignments
from training.library.models import Kind


def coaching_asked(session: Session, person_id: int, slug: str) -> Coaching | None:
    """What the assignments of this person say of a call, the first due first; None where none says anything.

    It does not matter whether a module asks for the call as a check or suggests it as practice.
    """
    for asked in open_assignments(session, person_id):
        names_it = any(entry.kind is Kind.SCENARIO and entry.slug == slug for entry in asked.entries)
        if names_it and asked.coaching is not None:
            return asked.coaching
    return None
