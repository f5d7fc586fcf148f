"""Reads for the lead's pages. Three statements, however many people and modules there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.assignments.queries import (
    AskedModule,
    Member,
    list_asked_modules,
    list_members,
    owed_by,
)
from training.assignments.rules import Rule
from training.library.models import Item, Kind, Publication
from training.reports.done import NOTHING, done_by, done_in
from training.reports.rules import Cell, CheckHistory, Standing, cells_for, need
from training.teams.models import Role


@dataclass(frozen=True)
class Call:
    """A call that the team is asked to pass."""

    slug: str
    title: str


@dataclass(frozen=True)
class Row:
    """One person: for each module what they owe of it and where they stand, None where they are not asked for
    it; and what there is of each call, None before the first check."""

    member: Member
    modules: tuple[AskedModule | None, ...]
    cells: tuple[Cell | None, ...]
    checks: tuple[CheckHistory | None, ...]

    @property
    def owed(self) -> tuple[tuple[AskedModule, Cell], ...]:
        """What they are asked for, with their own day."""
        pairs = zip(self.modules, self.cells, strict=True)
        return tuple((module, cell) for module, cell in pairs if module is not None and cell is not None)

    @property
    def is_finished(self) -> bool:
        return bool(self.owed) and all(cell.standing is Standing.DONE for _module, cell in self.owed)


@dataclass(frozen=True)
class Nudge:
    """Somebody who could use one, and the module that is latest."""

    member: Member
    module: AskedModule
    cell: Cell


@dataclass(frozen=True)
class TeamReport:
    """How a team is doing: rows sorted by need, columns as they are due."""

    modules: tuple[AskedModule, ...]
    calls: tuple[Call, ...]
    rows: tuple[Row, ...]

    @cached_property
    def nudges(self) -> tuple[Nudge, ...]:
        """In the order of the rows: the latest first."""
        late = []
        for row in self.rows:
            owed = max(row.owed, key=lambda pair: pair[1].days, default=None)
            if owed is not None and owed[1].days:
                late.append(Nudge(row.member, *owed))
        return tuple(late)

    @cached_property
    def asked(self) -> int:
        """How many people are asked for something."""
        return sum(bool(row.owed) for row in self.rows)

    @cached_property
    def finished(self) -> int:
        """How many people have done everything they were asked for."""
        return sum(row.is_finished for row in self.rows)


def team_report(session: Session, team_id: int, today: date) -> TeamReport:
    """The report of a team that whoever asks may see: who learns there, and who else owes something."""
    asked = list_asked_modules(session, team_id)
    modules = _columns(asked)
    done = done_in(session, team_id)
    calls = _calls(modules)
    rows = []
    for member in list_members(session, team_id):
        owed = owed_by(asked, member)
        if not owed and member.role is not Role.LEARNER:
            continue
        theirs = done.get(member.person_id, NOTHING)
        cells = cells_for(owed, theirs.completions, theirs.passed, today)
        own = {module.slug: module for module in owed}
        rows.append(
            Row(
                member,
                tuple(own.get(module.slug) for module in modules),
                tuple(cells.get(module.slug) for module in modules),
                tuple(theirs.checks.get(call.slug) for call in calls),
            )
        )
    rows.sort(key=lambda row: (need([cell for _one, cell in row.owed]), row.member.name.casefold()))
    return TeamReport(modules, calls, tuple(rows))


def _columns(asked: tuple[AskedModule, ...]) -> tuple[AskedModule, ...]:
    """Each module once, however many are asked for it."""
    found: dict[str, AskedModule] = {}
    for one in asked:
        found.setdefault(one.slug, one)
    return tuple(found.values())


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
    """One person for their lead: where they stand, and every check they finished in this team.

    `may_be_allowed`: by call that they have passed, the assignment under which a new check can be allowed.
    """

    modules: tuple[tuple[AskedModule, Cell], ...]
    checks: tuple[tuple[Call, CheckHistory], ...]
    may_be_allowed: Mapping[str, str]


def person_report(session: Session, team_id: int, member: Member, today: date) -> PersonReport:
    """The report of somebody who is in the team now. Checks of modules no longer asked for stay in it."""
    owed = owed_by(list_asked_modules(session, team_id), member)
    theirs = done_by(session, member.person_id, team_id=team_id)
    titles = {call.slug: call.title for call in _calls(owed)}
    missing = [slug for slug in theirs.checks if slug not in titles]
    titles |= titles_of(session, missing) if missing else {}
    checks = [(Call(slug, titles.get(slug, slug)), history) for slug, history in theirs.checks.items()]
    checks.sort(key=lambda pair: pair[1].latest.finished_at, reverse=True)
    cells = cells_for(owed, theirs.completions, theirs.passed, today)
    allowed = {
        entry.slug: module.public_id
        for module in reversed(owed)
        for entry in module.entries
        if entry.rule == Rule.CHECK and entry.slug in theirs.passed
    }
    return PersonReport(tuple((module, cells[module.slug]) for module in owed), tuple(checks), allowed)


def titles_of(session: Session, slugs: list[str]) -> dict[str, str]:
    """What calls were last called, published still or not."""
    statement = (
        select(Item.slug, Publication.title)
        .join(Publication, Publication.item_id == Item.id)
        .where(Item.kind == Kind.SCENARIO, Item.slug.in_(slugs))
        .order_by(Publication.id)
    )
    return {row.slug: row.title for row in session.execute(statement)}
