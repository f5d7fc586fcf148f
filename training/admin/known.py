"""What the site knows of the people and teams of a file: a few statements, however long the file is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Row, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from training.accounts.models import Person
from training.admin.people_in_file import Listed
from training.database.chunks import chunks
from training.teams.models import Membership, Role, Team


@dataclass(frozen=True)
class KnownPerson:
    """Somebody who is here."""

    id: int
    public_id: str
    name: str
    email: str | None
    staff_number: str | None
    is_disabled: bool


@dataclass(frozen=True)
class KnownTeam:
    """A team that is here, over or not."""

    id: int
    name: str
    slug: str
    is_archived: bool


@dataclass(frozen=True)
class Place:
    """A membership of now."""

    id: int
    person_id: int
    team_id: int
    role: Role


@dataclass
class Known:
    """Everything that a plan compares a file with."""

    by_email: dict[str, KnownPerson] = field(default_factory=dict)
    by_number: dict[str, KnownPerson] = field(default_factory=dict)
    teams: dict[str, list[KnownTeam]] = field(default_factory=dict)
    places: dict[int, list[Place]] = field(default_factory=dict)
    leads: dict[int, set[int]] = field(default_factory=dict)
    """Person ids of each team's leads who can sign in."""

    def find_team(self, called: str) -> list[KnownTeam]:
        """The teams of this name, else the one at this address; the name is in small letters."""
        return self.teams.get(called, [])


def read_known(session: Session, people: list[Listed]) -> Known:
    """What there is of the people listed, and of every team."""
    known = Known()
    emails = [person.email for person in people if person.email]
    numbers = [person.staff_number for person in people if person.staff_number]
    for person in _people(session, Person.email, emails):
        known.by_email[person.email or ""] = person
    for person in _people(session, Person.staff_number, numbers):
        known.by_number[person.staff_number or ""] = person
    known.teams = _teams(session)
    ids = {person.id for person in (*known.by_email.values(), *known.by_number.values())}
    known.places = _places(session, sorted(ids))
    known.leads = _leads(session)
    return known


def _people(
    session: Session, column: InstrumentedAttribute[str | None], values: list[str]
) -> Iterable[KnownPerson]:
    columns = (
        Person.id,
        Person.public_id,
        Person.name,
        Person.email,
        Person.staff_number,
        Person.disabled_at,
    )
    for some in chunks(values):
        for row in session.execute(select(*columns).where(column.in_(some))):
            yield _known_person(row)


def _known_person(row: Row[int, str, str, str | None, str | None, object]) -> KnownPerson:
    return KnownPerson(row[0], row[1], row[2], row[3], row[4], is_disabled=row[5] is not None)


def _teams(session: Session) -> dict[str, list[KnownTeam]]:
    """Every team by its name in small letters; by its address too, where no team is called so."""
    rows = session.execute(select(Team.id, Team.name, Team.slug, Team.archived_at).order_by(Team.id))
    teams = [KnownTeam(row[0], row[1], row[2], row[3] is not None) for row in rows]
    found: dict[str, list[KnownTeam]] = defaultdict(list)
    for team in teams:
        found[team.name.casefold()].append(team)
    for team in teams:
        if team.slug not in found:
            found[team.slug] = [team]
    return dict(found)


def _places(session: Session, ids: list[int]) -> dict[int, list[Place]]:
    found: dict[int, list[Place]] = defaultdict(list)
    for some in chunks(ids):
        statement = select(Membership.id, Membership.person_id, Membership.team_id, Membership.role).where(
            Membership.person_id.in_(some), Membership.left_at.is_(None)
        )
        for row in session.execute(statement):
            found[row.person_id].append(Place(row.id, row.person_id, row.team_id, Role(row.role)))
    return dict(found)


def _leads(session: Session) -> dict[int, set[int]]:
    statement = (
        select(Membership.team_id, Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.role == Role.LEAD, Membership.left_at.is_(None), Person.disabled_at.is_(None))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for row in session.execute(statement):
        found[row.team_id].add(row.person_id)
    return dict(found)
