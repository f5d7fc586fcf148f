"""Who is asked to do what, and by when."""

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from training.assignments.models import Assignment
from training.errors import InvalidError, NotFoundError
from training.library.models import Item, Kind, Publication


class PastDueDateError(InvalidError):
    """The due date has gone by already."""


def assign_module(
    session: Session,
    team_id: int,
    module_slug: str,
    due_on: date | None,
    *,
    by: int,
    at: datetime,
    today: date,
) -> Assignment:
    """Ask a team for a published module; one that is asked of it already gets the new due date.

    Whoever joins the team later owes it too. Raises PastDueDateError, and NotFoundError for no such module.
    """
    if due_on is not None and due_on < today:
        raise PastDueDateError(_("That day has gone by. Choose today or a later day."))
    module_id = session.scalar(
        select(Item.id)
        .join(Publication, Publication.item_id == Item.id)
        .where(Item.kind == Kind.MODULE, Item.slug == module_slug, Publication.ended_at.is_(None))
    )
    if module_id is None:
        raise NotFoundError
    assignment = _open(session, team_id, module_id)
    if assignment is None:
        assignment = Assignment(team_id=team_id, module_id=module_id, assigned_by_id=by, assigned_at=at)
        session.add(assignment)
    assignment.due_on = due_on
    session.flush()
    return assignment


def withdraw_assignment(session: Session, team_id: int, module_slug: str, at: datetime) -> None:
    """Ask a team for a module no longer; what was done for it is kept. Raises NotFoundError."""
    module_id = session.scalar(select(Item.id).where(Item.kind == Kind.MODULE, Item.slug == module_slug))
    assignment = _open(session, team_id, module_id) if module_id is not None else None
    if assignment is None:
        raise NotFoundError
    assignment.withdrawn_at = at
    session.flush()


def _open(session: Session, team_id: int, module_id: int) -> Assignment | None:
    return session.scalar(
        select(Assignment).where(
            Assignment.team_id == team_id,
            Assignment.module_id == module_id,
            Assignment.withdrawn_at.is_(None),
        )
    )
