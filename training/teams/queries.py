"""Reads of teams and memberships. The function that loads a team decides what its viewer may do there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.errors import NotFoundError
from training.teams import rules
from training.teams.models import Membership, Role, Team
from training.viewer import Viewer


def leads_a_team(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """In SQL: does this person lead a team now? Part of the statement that loads every viewer."""
    return exists().where(
        Membership.person_id == person_id, Membership.role == Role.LEAD, Membership.left_at.is_(None)
    )


@dataclass(frozen=True)
class TeamPerson:
    """Somebody in a team now. `is_only_lead`: nobody else leads it, so they cannot leave."""

    person_id: int
    public_id: str
    name: str
    role: Role
    joined_at: datetime
    is_only_lead: bool
    may_have_code: bool

    @property
    def first_name(self) -> str:
        return next(iter(self.name.split()), self.name)


@dataclass(frozen=True)
class TeamSeen:
    """A team as one viewer may have it. `role` is theirs in it; None for a trainer or admin outside."""

    id: int
    public_id: str
    slug: str
    name: str
    desk_card: str
    desk_card_html: str
    role: Role | None
    is_trainer: bool
    is_admin: bool

    @property
    def may_manage(self) -> bool:
        return rules.may_manage(self.role, is_admin=self.is_admin)

    def may_remove(self, person: TeamPerson, viewer_id: int) -> bool:
        """A lead lets learners go, and themselves; who else leads or trains is for an admin."""
        return self.is_admin or (
            self.role is Role.LEAD and (person.role is Role.LEARNER or person.person_id == viewer_id)
        )

    @property
    def may_write_card(self) -> bool:
        return rules.may_write_card(self.role, is_trainer=self.is_trainer, is_admin=self.is_admin)

    @property
    def may_assign(self) -> bool:
        """The same people decide what is practised and what the desk card says."""
        return self.may_write_card

    @property
    def may_see_progress(self) -> bool:
        return rules.may_see_progress(self.role, is_admin=self.is_admin)


def find_team(session: Session, slug: str, viewer: Viewer) -> TeamSeen:
    """The team at this address, for its members, any trainer and any admin; NotFoundError for the others."""
    statement = (
        select(
            Team.id,
            Team.public_id,
            Team.slug,
            Team.name,
            Team.desk_card,
            Team.desk_card_html,
            Membership.role,
        )
        .outerjoin(
            Membership,
            and_(
                Membership.team_id == Team.id,
                Membership.person_id == viewer.id,
                Membership.left_at.is_(None),
            ),
        )
        .where(Team.slug == slug)
    )
    row = session.execute(statement).first()
    if row is None or (row.role is None and not viewer.is_trainer and not viewer.is_admin):
        raise NotFoundError
    role = Role(row.role) if row.role else None
    return TeamSeen(*row[:6], role=role, is_trainer=viewer.is_trainer, is_admin=viewer.is_admin)


@dataclass(frozen=True)
class TeamEntry:
    """A team in a list, with the viewer's role in it."""

    slug: str
    name: str
    role: Role | None

    @property
    def may_see_progress(self) -> bool:
        return self.role in (Role.LEAD, Role.TRAINER)


def list_teams(session: Session, viewer: Viewer) -> tuple[TeamEntry, ...]:
    """The viewer's teams; every team for trainers and admins. By name."""
    mine = and_(
        Membership.team_id == Team.id, Membership.person_id == viewer.id, Membership.left_at.is_(None)
    )
    statement = select(Team.slug, Team.name, Membership.role)
    if viewer.is_admin or viewer.is_trainer:
        statement = statement.outerjoin(Membership, mine)
    else:
        statement = statement.join(Membership, mine)
    entries = [
        TeamEntry(row.slug, row.name, Role(row.role) if row.role else None)
        for row in session.execute(statement)
    ]
    return tuple(sorted(entries, key=lambda entry: entry.name.casefold()))


def list_people(session: Session, team_id: int) -> tuple[TeamPerson, ...]:
    """Who is in the team now: leads first, then trainers, then learners, each by name."""
    elsewhere = (
        exists()
        .where(
            Membership.person_id == Person.id,
            Membership.role != Role.LEARNER,
            Membership.left_at.is_(None),
        )
        .correlate(Person)
    )
    has_more_rights = or_(Person.is_admin, Person.is_trainer, elsewhere)
    statement = (
        select(
            Person.id,
            Person.public_id,
            Person.name,
            Membership.role,
            Membership.joined_at,
            has_more_rights.label("more"),
        )
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.team_id == team_id, Membership.left_at.is_(None), Person.disabled_at.is_(None))
    )
    rows = session.execute(statement).all()
    leads = sum(row.role == Role.LEAD for row in rows)
    order = [Role.LEAD, Role.TRAINER, Role.LEARNER]
    people = [
        TeamPerson(
            row.id,
            row.public_id,
            row.name,
            Role(row.role),
            row.joined_at,
            is_only_lead=row.role == Role.LEAD and leads == 1,
            may_have_code=not row.more,
        )
        for row in rows
    ]
    return tuple(sorted(people, key=lambda one: (order.index(one.role), one.name.casefold())))


def find_person(session: Session, team_id: int, public_id: str) -> TeamPerson:
    """Somebody who is in this team now, else NotFoundError."""
    for person in list_people(session, team_id):
        if person.public_id == public_id:
            return person
    raise NotFoundError


def count_teams(session: Session) -> list[tuple[str, str, int]]:
    """Every team's address, name, and how many people are in it now; by name."""
    people = func.count(Membership.id)
    statement = (
        select(Team.slug, Team.name, people)
        .outerjoin(Membership, and_(Membership.team_id == Team.id, Membership.left_at.is_(None)))
        .group_by(Team.slug, Team.name)
    )
    rows = [(row[0], row[1], row[2]) for row in session.execute(statement)]
    return sorted(rows, key=lambda row: row[1].casefold())


def id_of_team(session: Session, slug: str) -> int | None:
    """For an operator, who may see every team; a page asks `find_team`."""
    return session.scalar(select(Team.id).where(Team.slug == slug))
