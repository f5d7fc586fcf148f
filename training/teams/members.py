"""Who is in a team now, and who was. Whoever asks has found the team first, and so may know."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from training.accounts.models import Person
from training.errors import NotFoundError
from training.teams.models import Membership, Role


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


@dataclass(frozen=True)
class PastPerson:
    """Somebody who was in the team and is not any more, or cannot come in. What they did here stays here."""

    person_id: int
    public_id: str
    name: str
    role: Role
    left_at: datetime

    @property
    def first_name(self) -> str:
        return next(iter(self.name.split()), self.name)


def list_past_people(session: Session, team_id: int, most: int = 100) -> tuple[PastPerson, ...]:
    """Who left the team and did not come back, and who was disabled in it; the latest first."""
    rows = session.execute(_past(team_id).limit(most))
    return tuple(PastPerson(row[0], row[1], row[2], Role(row[3]), row[4]) for row in rows)


def find_past_person(session: Session, team_id: int, public_id: str) -> PastPerson:
    """Somebody who was in this team and is not any more, else NotFoundError."""
    row = session.execute(_past(team_id).where(Person.public_id == public_id).limit(1)).first()
    if row is None:
        raise NotFoundError
    return PastPerson(row[0], row[1], row[2], Role(row[3]), row[4])


def _past(team_id: int) -> Select[int, str, str, str, datetime]:
    """Each person's last time in the team, where they cannot be found among its people of now."""
    later = aliased(Membership)
    here_later = exists().where(
        later.team_id == Membership.team_id, later.person_id == Membership.person_id, later.id > Membership.id
    )
    gone_at = func.coalesce(Membership.left_at, Person.disabled_at)
    return (
        select(Person.id, Person.public_id, Person.name, Membership.role, gone_at)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.team_id == team_id, gone_at.is_not(None), ~here_later)
        .order_by(gone_at.desc(), Membership.id.desc())
    )
