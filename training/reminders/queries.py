"""What people owe, gathered over their teams, and what they were reminded of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.assignments.models import Assignment
from training.assignments.queries import AskedModule, Member
from training.database.chunks import chunks
from training.mail.models import Message
from training.reminders.models import Reminder
from training.reminders.rules import is_time_for_reminders, stage_of
from training.reports.queries import TeamReport, team_report
from training.reports.rules import Cell, Standing
from training.teams.local_time import day_there, zone_of
from training.teams.models import Membership, Role, Team

SOON = timedelta(days=7)
# What a reminder is known by: the assignment, its due day, the stage.
Key = tuple[int, date, str]


@dataclass(frozen=True)
class Owing:
    """Something that a person owes and has not done: due within a week, or late."""

    module: AskedModule
    cell: Cell
    due_on: date
    stage: str

    @property
    def key(self) -> Key:
        return (self.module.assignment_id, self.due_on, self.stage)


@dataclass
class Owed:
    """What one person is to hear of today, over all their teams."""

    member: Member
    today: date
    items: dict[str, Owing] = field(default_factory=dict)

    def add(self, one: Owing) -> None:
        """Of a module that two teams ask for, the one that is due first."""
        known = self.items.get(one.module.slug)
        if known is None or one.due_on < known.due_on:
            self.items[one.module.slug] = one

    @property
    def owing(self) -> list[Owing]:
        """First due first."""
        return sorted(self.items.values(), key=lambda one: (one.due_on, one.module.title.casefold()))

    def not_in(self, said: Collection[Key]) -> list[Owing]:
        """What they owe and were not reminded of."""
        return [one for one in self.owing if one.key not in said]


@dataclass(frozen=True)
class AskedTeam:
    """A team that is asked for something now."""

    id: int
    slug: str
    name: str
    zone: tzinfo


def asked_teams(session: Session) -> list[AskedTeam]:
    """Every team that is asked for something now."""
    asked = exists().where(Assignment.team_id == Team.id, Assignment.withdrawn_at.is_(None))
    rows = session.execute(
        select(Team.id, Team.slug, Team.name, Team.time_zone)
        .where(asked, Team.archived_at.is_(None))
        .order_by(Team.id)
    )
    return [AskedTeam(row.id, row.slug, row.name, zone_of(row.time_zone)) for row in rows]


def people_to_remind(session: Session, at: datetime, quiet: Collection[int]) -> list[Owed]:
    """Everybody with an address who is to hear of something that was not said yet, with all that is due.

    Teams where it is night or a quiet day are left out: their turn comes.
    """
    found: dict[int, Owed] = {}
    for team in asked_teams(session):
        if not is_time_for_reminders(at.astimezone(team.zone), quiet):
            continue
        today = day_there(at, team.zone)
        for row in team_report(session, team.id, today).rows:
            for module, cell in row.owed:
                stage = _stage(cell, today, quiet)
                if row.member.email is None or cell.due_on is None or stage is None:
                    continue
                owed = found.setdefault(row.member.person_id, Owed(row.member, today))
                owed.add(Owing(module, cell, cell.due_on, stage))
        session.rollback()  # a read that lasts as long as all teams take would hold others up
    return list(found.values())


def _stage(cell: Cell, today: date, quiet: Collection[int]) -> str | None:
    if cell.standing is Standing.DONE or cell.due_on is None:
        return None
    return stage_of(cell.due_on, today, quiet)


def said_to(session: Session, people: Sequence[Owed]) -> dict[int, set[Key]]:
    """What each of them was reminded of, by their id; nobody is left out. A statement for 5,000 people."""
    found: dict[int, set[Key]] = {owed.member.person_id: set() for owed in people}
    for ids in chunks(list(found)):
        rows = session.execute(
            select(Reminder.person_id, Reminder.assignment_id, Reminder.due_on, Reminder.stage).where(
                Reminder.person_id.in_(ids)
            )
        )
        for row in rows:
            found[row.person_id].add((row.assignment_id, row.due_on, row.stage))
    return found


@dataclass(frozen=True)
class Lead:
    """Somebody who leads teams and can be written to."""

    public_id: str
    name: str
    email: str
    teams: tuple[AskedTeam, ...]

    @property
    def first_name(self) -> str:
        return next(iter(self.name.split()), self.name)


def list_leads(session: Session) -> list[Lead]:
    """Everybody who leads a team that is asked for something."""
    teams = {team.id: team for team in asked_teams(session)}
    rows = session.execute(
        select(Person.public_id, Person.name, Person.email, Membership.team_id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.role == Role.LEAD,
            Membership.left_at.is_(None),
            Person.disabled_at.is_(None),
            Person.email.is_not(None),
        )
        .order_by(Person.id, Membership.team_id)
    ).all()
    found: dict[str, Lead] = {}
    for row in rows:
        if team := teams.get(row.team_id):
            known = found.get(row.public_id) or Lead(row.public_id, row.name, row.email, ())
            found[row.public_id] = Lead(row.public_id, row.name, row.email, (*known.teams, team))
    return list(found.values())


def is_written(session: Session, key: str) -> bool:
    """Whether the mail of that key is in the outbox, or was."""
    return session.scalar(select(Message.id).where(Message.dedupe_key == key)) is not None


@dataclass(frozen=True)
class TeamWeek:
    """What Monday's mail says of one team."""

    team: AskedTeam
    report: TeamReport
    finished: tuple[tuple[str, str], ...]


def team_week(session: Session, team: AskedTeam, at: datetime) -> TeamWeek:
    """How the team is doing, and who finished what in the last seven days (name, title), newest first."""
    report = team_report(session, team.id, day_there(at, team.zone))
    done = [
        (cell.finished_at, row.member.name, module.title)
        for row in report.rows
        for module, cell in row.owed
        if cell.finished_at is not None and at - SOON <= cell.finished_at <= at
    ]
    return TeamWeek(team, report, tuple((name, title) for _at, name, title in sorted(done, reverse=True)))
