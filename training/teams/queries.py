"""Reads of teams and memberships. The function that loads a team decides what its viewer may do there."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from training.errors import NotFoundError
from training.teams import rules
from training.teams.members import TeamPerson
from training.teams.models import Membership, Role, Team
from training.viewer import Viewer


def leads_or_trains_a_team(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """In SQL: does this person lead or train a team now? Part of the statement that loads every viewer."""
    return exists().where(
        Membership.person_id == person_id, Membership.role != Role.LEARNER, Membership.left_at.is_(None)
    )


@dataclass(frozen=True)
class TeamSeen:
    """A team as one viewer may have it. `role` is theirs in it; None for a trainer or admin outside.

    `time_zone` is "" where the team keeps the site's.
    """

    id: int
    public_id: str
    slug: str
    name: str
    desk_card: str
    desk_card_html: str
    time_zone: str
    is_archived: bool
    role: Role | None
    is_trainer: bool
    is_admin: bool

    @property
    def may_manage(self) -> bool:
        return not self.is_archived and rules.may_manage(self.role, is_admin=self.is_admin)

    def may_remove(self, person: TeamPerson, viewer_id: int) -> bool:
        """A lead lets learners go, and themselves; who else leads or trains is for an admin."""
        return self.is_admin or (
            self.role is Role.LEAD and (person.role is Role.LEARNER or person.person_id == viewer_id)
        )

    @property
    def may_link(self) -> bool:
        """Make links by which people join: its lead, its own trainers, an admin."""
        return not self.is_archived and rules.may_link(self.role, is_admin=self.is_admin)

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

    @property
    def is_seen_as_admin(self) -> bool:
        """Their own place in the team would not show them its results: what they read is noted."""
        return not rules.may_see_progress(self.role, is_admin=False)


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
            Team.time_zone,
            Team.archived_at,
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
    return TeamSeen(
        *row[:7],
        is_archived=row.archived_at is not None,
        role=role,
        is_trainer=viewer.is_trainer,
        is_admin=viewer.is_admin,
    )


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
        statement = statement.outerjoin(Membership, mine).where(Team.archived_at.is_(None))
    else:
        statement = statement.join(Membership, mine)
    entries = [
        TeamEntry(row.slug, row.name, Role(row.role) if row.role else None)
        for row in session.execute(statement)
    ]
    return tuple(sorted(entries, key=lambda entry: entry.name.casefold()))


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


def find_open_team(session: Session, called: str) -> int | None:
    """The one team at this address, or else of this name, that people can join; for an admin."""
    open_ones = select(Team.id).where(Team.archived_at.is_(None))
    found = session.scalar(open_ones.where(Team.slug == called))
    if found is not None:
        return found
    named = session.scalars(open_ones.where(Team.name == called).limit(2)).all()
    return named[0] if len(named) == 1 else None
