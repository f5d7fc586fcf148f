"""Reads of assignments: what a team is asked for, and what a person owes. Modules come with their entries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, select
from sqlalchemy.orm import Session

from training.assignments.models import Assignment
from training.assignments.rules import Rule, due_for
from training.errors import UnavailableError
from training.library.builds import FORMAT, ModuleBuild, ModuleEntry, read_build
from training.library.models import Item, Kind, Publication, RevisionBuild
from training.teams.models import Membership, Role
from training.viewer import Viewer

_NEVER = date.max


@dataclass(frozen=True)
class AskedModule:
    """A module that a team is asked for now."""

    assignment_id: int
    team_id: int
    slug: str
    title: str
    due_on: date | None
    assigned_at: datetime
    entries: tuple[ModuleEntry, ...]


@dataclass(frozen=True)
class CheckAssignment:
    """What a check is taken for."""

    assignment_id: int
    team_id: int
    due_on: date | None


def list_asked_modules(session: Session, team_id: int) -> tuple[AskedModule, ...]:
    """What a team is asked for now, first due first. What is not published is asked of nobody meanwhile."""
    asked = _asked().where(Assignment.team_id == team_id)
    return _first_due_first(_module(row) for row in session.execute(asked))


def open_assignments(session: Session, person_id: int) -> tuple[AskedModule, ...]:
    """What a learner owes now by way of their teams, first due first; `due_on` is their own day.

    What two teams ask for stands twice. Who leads or trains a team is asked for nothing by it.
    """
    return _asked_of(session, person_id, Membership.role == Role.LEARNER)


def _asked_of(session: Session, person_id: int, *which: ColumnElement[bool]) -> tuple[AskedModule, ...]:
    mine = and_(
        Membership.team_id == Assignment.team_id,
        Membership.person_id == person_id,
        Membership.left_at.is_(None),
        *which,
    )
    asked = _asked().join(Membership, mine).add_columns(Membership.joined_at)
    found = [
        replace(_module(row), due_on=due_for(row.due_on, row.assigned_at, row.joined_at))
        for row in session.execute(asked)
    ]
    return _first_due_first(found)


def assignment_for_check(session: Session, viewer: Viewer, scenario_item_id: int) -> CheckAssignment | None:
    """The open assignment of a team of the viewer's that asks for a check of this call; the first due.

    Who leads or trains the team may take it too.
    """
    slug = session.scalar(select(Item.slug).where(Item.id == scenario_item_id, Item.kind == Kind.SCENARIO))
    for asked in _asked_of(session, viewer.id):
        if any(entry.rule == Rule.CHECK and entry.slug == slug for entry in asked.entries):
            return CheckAssignment(asked.assignment_id, asked.team_id, asked.due_on)
    return None


def _asked() -> Select[*tuple[Any, ...]]:
    """Open assignments, each with its published module and what was built from it."""
    query: Select[*tuple[Any, ...]] = (
        select(
            Assignment.id,
            Assignment.team_id,
            Item.slug,
            Publication.title,
            Assignment.due_on,
            Assignment.assigned_at,
            Publication.revision_id,
            RevisionBuild.body,
        )
        .join(Item, Item.id == Assignment.module_id)
        .join(Publication, and_(Publication.item_id == Item.id, Publication.ended_at.is_(None)))
        .outerjoin(
            RevisionBuild,
            and_(RevisionBuild.revision_id == Publication.revision_id, RevisionBuild.format == FORMAT),
        )
        .where(Assignment.withdrawn_at.is_(None))
    )
    return query


def _module(row: Row[*tuple[Any, ...]]) -> AskedModule:
    """Raises UnavailableError after an update, until the content was imported again."""
    build = read_build(Kind.MODULE, row.revision_id, row.body) if row.body is not None else None
    if not isinstance(build, ModuleBuild):
        raise UnavailableError
    return AskedModule(row.id, row.team_id, row.slug, row.title, row.due_on, row.assigned_at, build.entries)


def _first_due_first(modules: Iterable[AskedModule]) -> tuple[AskedModule, ...]:
    return tuple(sorted(modules, key=lambda one: (one.due_on or _NEVER, one.title.casefold(), one.team_id)))
