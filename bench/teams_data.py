"""Seeded people, teams and attempts in the numbers of a large firm, written past the ORM."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.accounts.participant import Participant
from training.assignments.models import Assignment
from training.attempts.models import Attempt, AttemptKind
from training.database import Base, db, transaction
from training.library.models import Completion, Item, Kind, Publication
from training.operations.copying.rows import continue_numbers
from training.teams.models import Membership, Role, Team

BATCH = 20_000
BEGINNING = datetime(2026, 1, 5, 9, tzinfo=UTC)
MODULES = ("first-week", "hard-calls", "busy-season")
Row = dict[str, object]


@dataclass(frozen=True)
class Size:
    """How much to make. One attempt in five is a check."""

    people: int
    teams: int
    attempts: int
    seed: int

    def times(self, factor: int) -> Size:
        """So many times as much of everything; a team stays as large."""
        return Size(self.people * factor, self.teams * factor, self.attempts * factor, self.seed)


def fill(size: Size) -> None:
    """Write everything; the database is at schema head, with the shipped content published."""
    chance = random.Random(size.seed)
    _write(Person, ({"id": one, "public_id": _id(one), **_person(one)} for one in _upto(size.people)))
    _write(Participant, ({"id": one, "public_id": _id(one), "person_id": one} for one in _upto(size.people)))
    _write(Team, ({"id": one, "public_id": _id(one), **_team(one)} for one in _upto(size.teams)))
    _write(Membership, (_membership(one, size) for one in _upto(size.people)))
    items = _items(db.session())
    modules = [items[Kind.MODULE, slug] for slug in MODULES]
    _write(Assignment, (_assignment(team, module) for team in _upto(size.teams) for module in modules))
    lessons = [found for (kind, _slug), found in items.items() if kind is Kind.LESSON]
    _write(Completion, (row for one in _upto(size.people) for row in _completions(one, lessons, chance)))
    calls = [found for (kind, _slug), found in items.items() if kind is Kind.SCENARIO]
    _write(Attempt, (_attempt(one, size, calls, chance) for one in _upto(size.attempts)))
    continue_numbers(db.engine, Base.metadata.sorted_tables)


def _write(model: type[Base], rows: Iterable[Row]) -> None:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        with transaction() as session:
            session.connection().execute(insert(Base.metadata.tables[model.__tablename__]), batch)


def _upto(count: int) -> Iterator[int]:
    return iter(range(1, count + 1))


def _id(number: int) -> str:
    return f"{number:016d}"


def _person(number: int) -> Row:
    return {"name": f"Learner {number}", "email": f"learner{number}@example.invalid", "preferences": {}}


def _team(number: int) -> Row:
    return {"slug": f"desk-{number}", "name": f"Desk {number}", "desk_card": "", "is_demo": False}


def _membership(person: int, size: Size) -> Row:
    """Everybody in one team, by turns; the first of a team leads it."""
    role = Role.LEAD if person <= size.teams else Role.LEARNER
    team = (person - 1) % size.teams + 1
    return {"team_id": team, "person_id": person, "role": role, "joined_at": BEGINNING}


def _assignment(team: int, module: tuple[int, int]) -> Row:
    due = BEGINNING.date() + timedelta(days=30 * module[0] % 120)
    return {"team_id": team, "module_id": module[0], "due_on": due, "assigned_at": BEGINNING}


def _items(session: Session) -> dict[tuple[Kind, str], tuple[int, int]]:
    """What is published: its item and its revision, by kind and address."""
    rows = session.execute(
        select(Item.id, Item.kind, Item.slug, Publication.revision_id)
        .join(Publication, Publication.item_id == Item.id)
        .where(Publication.ended_at.is_(None))
    )
    return {(Kind(row.kind), row.slug): (row.id, row.revision_id) for row in rows}


def _completions(person: int, lessons: list[tuple[int, int]], chance: random.Random) -> Iterator[Row]:
    for item, revision in chance.sample(lessons, 4):
        yield {
            "participant_id": person,
            "item_id": item,
            "revision_id": revision,
            "how": "answer",
            "reply": 1,
            "completed_at": BEGINNING + timedelta(days=chance.randint(0, 200)),
        }


def _attempt(number: int, size: Size, calls: list[tuple[int, int]], chance: random.Random) -> Row:
    person = chance.randint(1, size.people)
    item, revision = chance.choice(calls)
    is_check, percent = number % 5 == 0, chance.random() * 100
    at = BEGINNING + timedelta(minutes=chance.randint(0, 300_000))
    return {
        "public_id": _id(number),
        "participant_id": person,
        "scenario_id": item,
        "revision_id": revision,
        "kind": AttemptKind.CHECK if is_check else AttemptKind.PRACTICE,
        "seed": "0",
        "step_count": 8,
        "started_at": at,
        "finished_at": at + timedelta(minutes=6),
        "team_id": (person - 1) % size.teams + 1 if is_check else None,
        "copied_steps": 0,
        "ending": "success",
        "percent": percent,
        "passed": percent >= 60,
    }
