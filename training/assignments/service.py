"""Who is asked to do what, and by when."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from training.assignments.models import AskedOf, Assignment, CheckAllowance, Coaching, Extension
from training.assignments.queries import AskedModule, Member
from training.assignments.rules import Rule
from training.errors import InvalidError, NotFoundError
from training.library.models import Item, Kind, Publication

MOST_DAYS = 730


class PastDueDateError(InvalidError):
    """The due date has gone by already."""


class NotLaterError(InvalidError):
    """More time that would be none: the day is no later than the one they have."""


@dataclass(frozen=True)
class Terms:
    """Whom a module is asked of, and how its calls coach. `person_id` goes with AskedOf.PERSON alone.

    `due_after_days` counts from joining, or from being asked where that came later; it takes the place of a
    set day.
    """

    asked_of: AskedOf = AskedOf.LEARNER
    person_id: int | None = None
    due_after_days: int | None = None
    coaching: Coaching | None = None


EVERY_LEARNER = Terms()


def assign_module(
    session: Session,
    team_id: int,
    module_slug: str,
    due_on: date | None,
    *,
    by: int,
    at: datetime,
    today: date,
    terms: Terms = EVERY_LEARNER,
) -> Assignment:
    """Ask a team for a published module; what is asked of the same people already gets the new terms.

    Whoever joins the team later owes it too. Raises PastDueDateError, and NotFoundError for no such module.
    """
    _must_be_to_come(due_on, today)
    module_id = session.scalar(
        select(Item.id)
        .join(Publication, Publication.item_id == Item.id)
        .where(Item.kind == Kind.MODULE, Item.slug == module_slug, Publication.ended_at.is_(None))
    )
    if module_id is None:
        raise NotFoundError
    assignment = _open_for(session, team_id, module_id, terms)
    if assignment is None:
        assignment = Assignment(
            team_id=team_id,
            module_id=module_id,
            asked_of=terms.asked_of,
            person_id=terms.person_id,
            assigned_by_id=by,
            assigned_at=at,
        )
        session.add(assignment)
    assignment.due_on = due_on if terms.due_after_days is None else None
    assignment.due_after_days = terms.due_after_days
    assignment.coaching = terms.coaching
    session.flush()
    return assignment


def move_due_date(
    session: Session,
    team_id: int,
    public_id: str,
    due_on: date | None,
    due_after_days: int | None,
    *,
    today: date,
) -> None:
    """Give an open assignment another day, or none. Raises PastDueDateError, NotFoundError."""
    _must_be_to_come(due_on, today)
    assignment = _open(session, team_id, Assignment.public_id == public_id)
    assignment.due_on = due_on if due_after_days is None else None
    assignment.due_after_days = due_after_days
    session.flush()


def withdraw_assignment(session: Session, team_id: int, public_id: str, *, by: int, at: datetime) -> None:
    """Ask for it no longer; what was done for it is kept. Raises NotFoundError."""
    assignment = _open(session, team_id, Assignment.public_id == public_id)
    assignment.withdrawn_at, assignment.withdrawn_by_id = at, by
    session.flush()


def extend(
    session: Session, asked: AskedModule, member: Member, due_on: date, *, by: int, at: datetime, today: date
) -> None:
    """Give one person until `due_on`; the same day twice is one extension. Raises NotLaterError."""
    _must_be_to_come(due_on, today)
    current = member.owes(asked).due_on
    if member.extended_to.get(asked.assignment_id) == due_on:
        return
    if current is None or due_on <= current:
        raise NotLaterError(_("They have until then already. Choose a later day."))
    session.add(
        Extension(
            assignment_id=asked.assignment_id,
            person_id=member.person_id,
            due_on=due_on,
            given_by_id=by,
            given_at=at,
        )
    )
    session.flush()


def allow_new_check(
    session: Session, asked: AskedModule, person_id: int, call: str, *, by: int, at: datetime
) -> None:
    """Let somebody who has passed the check of a call take it again. Their first try stays the first.

    Raises NotFoundError where the module asks for no check of that call.
    """
    if not any(entry.rule == Rule.CHECK and entry.slug == call for entry in asked.entries):
        raise NotFoundError
    scenario_id = session.scalars(select(Item.id).where(Item.kind == Kind.SCENARIO, Item.slug == call)).one()
    session.add(
        CheckAllowance(
            assignment_id=asked.assignment_id,
            person_id=person_id,
            scenario_id=scenario_id,
            allowed_by_id=by,
            allowed_at=at,
        )
    )
    session.flush()


def _must_be_to_come(due_on: date | None, today: date) -> None:
    if due_on is not None and due_on < today:
        raise PastDueDateError(_("That day has gone by. Choose today or a later day."))


def _open_for(session: Session, team_id: int, module_id: int, terms: Terms) -> Assignment | None:
    return session.scalar(
        select(Assignment).where(
            Assignment.team_id == team_id,
            Assignment.module_id == module_id,
            Assignment.asked_of == terms.asked_of,
            Assignment.person_id == terms.person_id
            if terms.person_id is not None
            else Assignment.person_id.is_(None),
            Assignment.withdrawn_at.is_(None),
        )
    )


def _open(session: Session, team_id: int, which: ColumnElement[bool]) -> Assignment:
    found = session.scalar(
        select(Assignment).where(Assignment.team_id == team_id, which, Assignment.withdrawn_at.is_(None))
    )
    if found is None:
        raise NotFoundError
    return found
