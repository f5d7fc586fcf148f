"""Reads for the lead's pages. Three statements, however many people and modules there are."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.assignments.queries import AskedModule, list_asked_modules
from training.assignments.rules import Rule
from training.library.models import Item, Kind, Publication
from training.reports.done import NOTHING, done_by
from training.reports.rules import Cell, CheckHistory, Standing, cells_for, need
from training.teams.members import TeamPerson
from training.teams.models import Membership, Role


@dataclass(frozen=True)
class Call:
    """A call that the team is asked to pass."""

    slug: str
    title: str


@dataclass(frozen=True)
class Row:
    """One learner: a cell for each module, and what there is of each call, None before the first check."""

    public_id: str
    name: str
    email: str | None
    cells: tuple[Cell, ...]
    checks: tuple[CheckHistory | None, ...]

    @property
    def is_finished(self) -> bool:
        return all(cell.standing is Standing.DONE for cell in self.cells)


@dataclass(frozen=True)
class Nudge:
    """Somebody who could use one, and the module that is latest."""

    row: Row
    module: str
    days: int


@dataclass(frozen=True)
class TeamReport:
    """How a team is doing: rows sorted by need, columns as they are due."""

    modules: tuple[AskedModule, ...]
    calls: tuple[Call, ...]
    rows: tuple[Row, ...]

    @property
    def nudges(self) -> tuple[Nudge, ...]:
        """In the order of the rows: the latest first."""
        late = []
        for row in self.rows:
            place = max(range(len(row.cells)), key=lambda at: row.cells[at].days, default=None)
            if place is not None and row.cells[place].days:
                late.append(Nudge(row, self.modules[place].title, row.cells[place].days))
        return tuple(late)

    @property
    def finished(self) -> int:
        """How many people have done everything they were asked for."""
        return sum(row.is_finished for row in self.rows)


def team_report(session: Session, team_id: int, today: date) -> TeamReport:
    """The report of a team that whoever asks may see. Leads and trainers of the team have no row."""
    modules = list_asked_modules(session, team_id)
    people = session.execute(_learners(team_id)).all()
    done = done_by(session, _learner_ids(team_id), team_id=team_id)
    calls = _calls(modules)
    rows = []
    for person in people:
        theirs = done.get(person.id, NOTHING)
        cells = cells_for(modules, theirs.completions, theirs.passed, person.joined_at, today)
        checks = tuple(theirs.checks.get(call.slug) for call in calls)
        rows.append(Row(person.public_id, person.name, person.email, cells, checks))
    return TeamReport(
        modules, calls, tuple(sorted(rows, key=lambda row: (need(row.cells), row.name.casefold())))
    )


def _learner_ids(team_id: int) -> Select[int]:
    return (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.team_id == team_id,
            Membership.role == Role.LEARNER,
            Membership.left_at.is_(None),
            Person.disabled_at.is_(None),
        )
    )


def _learners(team_id: int) -> Select[int, str, str, str | None, datetime]:
    return _learner_ids(team_id).with_only_columns(
        Person.id,
        Person.public_id,
        Person.name,
        Person.email,
        Membership.joined_at,
        maintain_column_froms=True,
    )


def _calls(modules: tuple[AskedModule, ...]) -> tuple[Call, ...]:
    """Every call that one of the modules checks, once, in their order."""
    found: dict[str, Call] = {}
    for module in modules:
        for entry in module.entries:
            if entry.rule == Rule.CHECK:
                found.setdefault(entry.slug, Call(entry.slug, entry.title))
    return tuple(found.values())


@dataclass(frozen=True)
class PersonReport:
    """One person for their lead: where they stand, and every check they finished in this team."""

    modules: tuple[AskedModule, ...]
    cells: tuple[Cell, ...]
    checks: tuple[tuple[Call, CheckHistory], ...]


def person_report(session: Session, team_id: int, person: TeamPerson, today: date) -> PersonReport:
    """The report of somebody who is in the team now. Checks of modules no longer asked for stay in it."""
    modules = list_asked_modules(session, team_id)
    theirs = done_by(session, person.person_id, team_id=team_id).get(person.person_id, NOTHING)
    titles = {call.slug: call.title for call in _calls(modules)}
    missing = [slug for slug in theirs.checks if slug not in titles]
    titles |= _titles(session, missing) if missing else {}
    checks = [(Call(slug, titles.get(slug, slug)), history) for slug, history in theirs.checks.items()]
    checks.sort(key=lambda pair: pair[1].latest.finished_at, reverse=True)
    return PersonReport(
        modules, cells_for(modules, theirs.completions, theirs.passed, person.joined_at, today), tuple(checks)
    )


def _titles(session: Session, slugs: list[str]) -> dict[str, str]:
    """What calls were last called, published still or not."""
    statement = (
        select(Item.slug, Publication.title)
        .join(Publication, Publication.item_id == Item.id)
        .where(Item.kind == Kind.SCENARIO, Item.slug.in_(slugs))
        .order_by(Publication.id)
    )
    return {row.slug: row.title for row in session.execute(statement)}
