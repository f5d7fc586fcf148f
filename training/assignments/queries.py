"""Reads of assignments: what a team is asked for, and what a person owes. Modules come with their entries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Self

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.assignments.models import AskedOf, Assignment, Coaching, Extension
from training.assignments.rules import Rule, due_for
from training.errors import NotFoundError, UnavailableError
from training.library.builds import FORMAT, ModuleBuild, ModuleEntry, read_build
from training.library.models import Item, Kind, Publication, RevisionBuild
from training.teams.local_time import zone_of
from training.teams.models import Membership, Role, Team
from training.viewer import Viewer

_NEVER = date.max


@dataclass(frozen=True)
class AskedModule:
    """A module that a team is asked for now. `after` are the slugs of the modules that come before it.

    `person_id` is set where one person is asked; `time_zone` is the team's, "" for the site's.
    """

    assignment_id: int
    team_id: int
    slug: str
    title: str
    due_on: date | None
    assigned_at: datetime
    entries: tuple[ModuleEntry, ...]
    public_id: str = ""
    asked_of: AskedOf = AskedOf.LEARNER
    person_id: int | None = None
    due_after_days: int | None = None
    coaching: Coaching | None = None
    after: tuple[str, ...] = ()
    zone: tzinfo = UTC

    def asks(self, person_id: int, role: Role) -> bool:
        """Whether somebody with this role in the team owes it."""
        if self.asked_of is AskedOf.PERSON:
            return person_id == self.person_id
        return self.asked_of is AskedOf.TEAM or self.asked_of.value == role.value

    def owed_from(self, joined_at: datetime, extended_to: date | None) -> Self:
        """The same, due on the day of whoever joined the team then."""
        due_on = due_for(self, joined_at, self.zone, extended_to)
        return self if due_on == self.due_on else replace(self, due_on=due_on)


@dataclass(frozen=True)
class Member:
    """Somebody in a team now, and until when they have more time, by assignment."""

    person_id: int
    public_id: str
    name: str
    email: str | None
    role: Role
    joined_at: datetime
    extended_to: Mapping[int, date]

    @property
    def first_name(self) -> str:
        return next(iter(self.name.split()), self.name)

    def owes(self, asked: AskedModule) -> AskedModule:
        """That module, due on this person's own day."""
        return asked.owed_from(self.joined_at, self.extended_to.get(asked.assignment_id))


@dataclass(frozen=True)
class CheckAssignment:
    """What a check is taken for. `coaching` is None where the call does as it is written."""

    assignment_id: int
    team_id: int
    due_on: date | None
    coaching: Coaching | None


def _asked() -> Select[*tuple[Any, ...]]:
    """Open assignments, each with its published module and what was built from it."""
    query: Select[*tuple[Any, ...]] = (
        select(
            Assignment.id,
            Assignment.public_id,
            Assignment.team_id,
            Assignment.asked_of,
            Assignment.person_id,
            Assignment.due_on,
            Assignment.due_after_days,
            Assignment.coaching,
            Assignment.assigned_at,
            Team.time_zone,
            Item.slug,
            Publication.title,
            Publication.refers_to,
            Publication.revision_id,
            RevisionBuild.body,
        )
        .join(Team, Team.id == Assignment.team_id)
        .join(Item, Item.id == Assignment.module_id)
        .join(Publication, and_(Publication.item_id == Item.id, Publication.ended_at.is_(None)))
        .outerjoin(
            RevisionBuild,
            and_(RevisionBuild.revision_id == Publication.revision_id, RevisionBuild.format == FORMAT),
        )
        .where(Assignment.withdrawn_at.is_(None))
    )
    return query


def _of_person(which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """What the teams of `:person_id` are asked for, with what their own day depends on."""
    mine = and_(
        Membership.team_id == Assignment.team_id,
        Membership.person_id == _PERSON_ID,
        Membership.left_at.is_(None),
    )
    extended_to = (
        select(Extension.due_on)
        .where(Extension.assignment_id == Assignment.id, Extension.person_id == _PERSON_ID)
        .order_by(Extension.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    columns = (Membership.joined_at, extended_to.label("extended_to"))
    return _asked().join(Membership, mine).where(which).add_columns(*columns)


# Built once, not at each request.
_PERSON_ID = bindparam("person_id", type_=Integer())
_TEAM_ID = bindparam("team_id", type_=Integer())
_OF_TEAM = _asked().where(Assignment.team_id == _TEAM_ID)
_OWED = _of_person(
    or_(
        Assignment.asked_of == AskedOf.TEAM,
        Assignment.asked_of == Membership.role,
        Assignment.person_id == _PERSON_ID,
    )
)
_MAY_CHECK = _of_person(or_(Assignment.asked_of != AskedOf.PERSON, Assignment.person_id == _PERSON_ID))
_OPEN_HERE = select(Assignment.id).where(Assignment.team_id == _TEAM_ID, Assignment.withdrawn_at.is_(None))
_MEMBERS = (
    select(
        Person.id,
        Person.public_id,
        Person.name,
        Person.email,
        Membership.role,
        Membership.joined_at,
        Extension.assignment_id,
        Extension.due_on,
    )
    .join(Membership, Membership.person_id == Person.id)
    .outerjoin(Extension, and_(Extension.person_id == Person.id, Extension.assignment_id.in_(_OPEN_HERE)))
    .where(Membership.team_id == _TEAM_ID, Membership.left_at.is_(None), Person.disabled_at.is_(None))
    .order_by(Person.id, Extension.id)
)
_MEMBER = _MEMBERS.where(Person.public_id == bindparam("public_id"))


def list_asked_modules(session: Session, team_id: int) -> tuple[AskedModule, ...]:
    """What a team is asked for now, first due first. What is not published is asked of nobody meanwhile."""
    return first_due_first(_module(row) for row in session.execute(_OF_TEAM, {"team_id": team_id}))


def list_members(session: Session, team_id: int) -> tuple[Member, ...]:
    """Who is in the team now and can sign in, in one statement."""
    return _members(session.execute(_MEMBERS, {"team_id": team_id}))


def find_member(session: Session, team_id: int, public_id: str) -> Member:
    """Somebody who is in the team now, else NotFoundError."""
    found = _members(session.execute(_MEMBER, {"team_id": team_id, "public_id": public_id}))
    if not found:
        raise NotFoundError
    return found[0]


def _members(rows: Iterable[Row[*tuple[Any, ...]]]) -> tuple[Member, ...]:
    found: dict[int, Member] = {}
    extended_to: dict[int, dict[int, date]] = defaultdict(dict)
    for row in rows:
        if row.assignment_id is not None:
            extended_to[row.id][row.assignment_id] = row.due_on  # the newest comes last, and counts
        if row.id not in found:
            about = (row.id, row.public_id, row.name, row.email, Role(row.role), row.joined_at)
            found[row.id] = Member(*about, extended_to[row.id])
    return tuple(found.values())


def find_asked_module(session: Session, team_id: int, public_id: str) -> AskedModule:
    """One of what the team is asked for now, else NotFoundError."""
    asked = _OF_TEAM.where(Assignment.public_id == public_id)
    row = session.execute(asked, {"team_id": team_id}).first()
    if row is None:
        raise NotFoundError
    return _module(row)


def open_assignments(session: Session, person_id: int) -> tuple[AskedModule, ...]:
    """What a person owes now by way of their teams, first due first; `due_on` is their own day.

    What is asked of them twice, by two teams or in two ways, stands twice.
    """
    return _asked_of(session, _OWED, person_id)


def assignment_for_check(session: Session, viewer: Viewer, slug: str) -> CheckAssignment | None:
    """The open assignment of a team of the viewer's that asks for a check of this call; the first due.

    Who leads or trains the team may take it too, unless it is asked of one other person.
    """
    for asked in _asked_of(session, _MAY_CHECK, viewer.id):
        if any(entry.rule == Rule.CHECK and entry.slug == slug for entry in asked.entries):
            return CheckAssignment(asked.assignment_id, asked.team_id, asked.due_on, asked.coaching)
    return None


def _asked_of(session: Session, which: Select[*tuple[Any, ...]], person_id: int) -> tuple[AskedModule, ...]:
    rows = session.execute(which, {"person_id": person_id})
    return first_due_first(_module(row).owed_from(row.joined_at, row.extended_to) for row in rows)


def _module(row: Row[*tuple[Any, ...]]) -> AskedModule:
    """Raises UnavailableError after an update, until the content was imported again."""
    build = read_build(Kind.MODULE, row.revision_id, row.body) if row.body is not None else None
    if not isinstance(build, ModuleBuild):
        raise UnavailableError
    before = (name.removeprefix("module/") for name in row.refers_to.split() if name.startswith("module/"))
    return AskedModule(
        assignment_id=row.id,
        team_id=row.team_id,
        slug=row.slug,
        title=row.title,
        due_on=row.due_on,
        assigned_at=row.assigned_at,
        entries=build.entries,
        public_id=row.public_id,
        asked_of=AskedOf(row.asked_of),
        person_id=row.person_id,
        due_after_days=row.due_after_days,
        coaching=Coaching(row.coaching) if row.coaching else None,
        after=tuple(name for name in before if name != row.slug),
        zone=zone_of(row.time_zone),
    )


def owed_by(asked: Iterable[AskedModule], member: Member) -> tuple[AskedModule, ...]:
    """What of a team's modules one of its people owes, each once and first due first; `due_on` is their own.

    Whoever is asked twice, as a learner and by name, has the earlier day.
    """
    theirs = first_due_first(member.owes(one) for one in asked if one.asks(member.person_id, member.role))
    found: dict[str, AskedModule] = {}
    for one in theirs:
        found.setdefault(one.slug, one)
    return tuple(found.values())


def first_due_first(modules: Iterable[AskedModule]) -> tuple[AskedModule, ...]:
    """By day, what has none last; then by title."""
    return tuple(sorted(modules, key=lambda one: (one.due_on or _NEVER, one.title.casefold(), one.team_id)))
