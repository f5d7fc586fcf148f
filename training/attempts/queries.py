"""Reads for other features: what a check came to. Practice is in none of them, ever."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.accounts.participant import Participant
from training.attempts.models import Attempt, AttemptKind
from training.library.models import Item


@dataclass(frozen=True)
class Try:
    """One finished check. `percent` is whole, half up, as people see it."""

    public_id: str
    finished_at: datetime
    percent: int
    passed: bool
    ending: str


@dataclass(frozen=True)
class CheckResult:
    """One person's checks of one call: the first finished try, kept apart for ever, and the latest."""

    person_id: int
    person_name: str
    scenario_id: int
    slug: str
    first: Try
    latest: Try
    tries: int
    passed: bool


def shown(percent: float) -> int:
    """A percentage as people see it: whole, half up."""
    return int(Decimal(percent).quantize(Decimal(1), ROUND_HALF_UP))


def _finished_checks() -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(
            Person.id.label("person_id"),
            Person.name.label("person_name"),
            Attempt.scenario_id,
            Item.slug,
            Attempt.public_id,
            Attempt.finished_at,
            Attempt.percent,
            Attempt.passed,
            Attempt.ending,
        )
        .join(Participant, Participant.id == Attempt.participant_id)
        .join(Person, Person.id == Participant.person_id)
        .join(Item, Item.id == Attempt.scenario_id)
        .where(Attempt.kind == AttemptKind.CHECK, Attempt.finished_at.is_not(None))
        .order_by(Attempt.finished_at, Attempt.id)
    )
    return query


def check_results(session: Session, team_id: int) -> tuple[CheckResult, ...]:
    """Each person × call with a finished check that was taken for this team, by name, then call."""
    found: dict[tuple[int, int], list[Row[*tuple[Any, ...]]]] = {}
    for row in session.execute(_finished_checks().where(Attempt.team_id == team_id)):
        found.setdefault((row.person_id, row.scenario_id), []).append(row)
    results = [_result(rows) for rows in found.values()]
    return tuple(sorted(results, key=lambda one: (one.person_name.casefold(), one.person_id, one.slug)))


def _result(rows: list[Row[*tuple[Any, ...]]]) -> CheckResult:
    first = rows[0]
    return CheckResult(
        person_id=first.person_id,
        person_name=first.person_name,
        scenario_id=first.scenario_id,
        slug=first.slug,
        first=_try(first),
        latest=_try(rows[-1]),
        tries=len(rows),
        passed=any(row.passed for row in rows),
    )


def _try(row: Row[*tuple[Any, ...]]) -> Try:
    return Try(row.public_id, row.finished_at, shown(row.percent), row.passed, row.ending)


def passed_checks(
    session: Session, person_ids: Iterable[int], scenario_item_ids: Iterable[int]
) -> frozenset[tuple[int, int]]:
    """(person, scenario) of every check passed, whenever and for whichever team. Practice never counts."""
    people, scenarios = tuple(person_ids), tuple(scenario_item_ids)
    if not people or not scenarios:
        return frozenset()
    rows = session.execute(
        select(Participant.person_id, Attempt.scenario_id)
        .join(Attempt, Attempt.participant_id == Participant.id)
        .where(
            Attempt.kind == AttemptKind.CHECK,
            Attempt.passed.is_(True),
            Participant.person_id.in_(people),
            Attempt.scenario_id.in_(scenarios),
        )
        .distinct()
    )
    return frozenset((row.person_id, row.scenario_id) for row in rows)
