"""Whose plays count, and in which order they came: whole fives are taken from the first to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import Float, Row, Select, case, func, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.expression import FunctionElement

from training.attempts.models import Attempt, AttemptKind, Step

A_WEEK = timedelta(days=7)


class Group(StrEnum):
    """Whose figures stand beside each other. Practice is counted nameless, one play a person."""

    FIRST = "first"
    LATER = "later"
    PRACTICE = "practice"


@dataclass(frozen=True)
class Tried:
    """One person's play of one group: the authored choices, and how long each took in seconds."""

    choices: tuple[int, ...]
    seconds: tuple[float, ...]


class DaysBetween(FunctionElement[float]):
    """How many days lie between two instants, the later one first."""

    type = Float()
    inherit_cache = True


@compiles(DaysBetween, "sqlite")
def _sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    later, earlier = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"(julianday({later}) - julianday({earlier}))"


@compiles(DaysBetween, "postgresql")
def _postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    later, earlier = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"(extract(epoch from ({later}) - ({earlier})) / 86400)"


def read_plays(session: Session, item_id: int, revision_ids: Sequence[int]) -> dict[Group, list[Tried]]:
    """Each person's first and second finished check and first finished practice, the first to end first.

    One statement, however many they are. Nobody's second thoughts change what was counted: a play that
    counts counts for ever, and a person once in each group. What began as a copy of another play is none.
    """
    found: dict[Group, list[Tried]] = {group: [] for group in Group}
    rows = session.execute(_plays(item_id, revision_ids))
    for (_id, kind, nth, _at, _started), steps in groupby(rows, key=lambda row: tuple(row[:5])):
        held = list(steps)
        marks = [held[0].started_at, *(step.answered_at for step in held)]
        seconds = tuple((after - before).total_seconds() for before, after in pairwise(marks))
        found[_group(kind, nth)].append(Tried(tuple(step.choice for step in held), seconds))
    return found


def _group(kind: str, nth: int) -> Group:
    if kind == AttemptKind.PRACTICE:
        return Group.PRACTICE
    return Group.FIRST if nth == 1 else Group.LATER


def _plays(item_id: int, revision_ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """The steps of the plays that count, in the order in which they ended."""
    nth = func.row_number().over(
        partition_by=(Attempt.participant_id, Attempt.kind), order_by=(Attempt.finished_at, Attempt.id)
    )
    ended = (
        select(Attempt.id, Attempt.kind, Attempt.finished_at, Attempt.started_at, nth.label("nth"))
        .where(
            Attempt.scenario_id == item_id,
            Attempt.revision_id.in_(revision_ids),
            Attempt.finished_at.is_not(None),
            Attempt.copied_steps == 0,
        )
        .subquery()
    )
    return (
        select(
            ended.c.id,
            ended.c.kind,
            ended.c.nth,
            ended.c.finished_at,
            ended.c.started_at,
            Step.choice,
            Step.answered_at,
        )
        .join(Step, Step.attempt_id == ended.c.id)
        .where(ended.c.nth <= case((ended.c.kind == AttemptKind.CHECK, 2), else_=1))
        .order_by(ended.c.finished_at, ended.c.id, Step.number)
    )


def read_pauses(
    session: Session, item_id: int, revision_ids: Sequence[int], at: datetime
) -> list[tuple[int, ...]]:
    """What each person had said when they first left a play for a week, or for good; by when they left.

    Whoever comes back has still been away, so that the figure never falls. One statement.
    """
    rows = session.execute(_paused(item_id, revision_ids, at))
    left: list[tuple[datetime, int, tuple[int, ...]]] = []
    for (_id, person, started, end), steps in groupby(rows, key=lambda row: tuple(row[:4])):
        left += _first_pause(list(steps), person, started, end or at)
    return [choices for _when, _person, choices in _once(sorted(left, key=lambda one: one[:2]))]


def _first_pause(
    steps: list[Row[*tuple[Any, ...]]], person: int, started: datetime, end: datetime
) -> list[tuple[datetime, int, tuple[int, ...]]]:
    said = [step for step in steps if step.choice is not None]
    marks = [started, *(step.answered_at for step in said), end]
    for number, (before, after) in enumerate(pairwise(marks)):
        if after - before >= A_WEEK:
            return [(before + A_WEEK, person, tuple(step.choice for step in said[:number]))]
    return []


def _once(
    left: Sequence[tuple[datetime, int, tuple[int, ...]]],
) -> Iterator[tuple[datetime, int, tuple[int, ...]]]:
    people: set[int] = set()
    for one in left:
        if one[1] not in people:
            people.add(one[1])
            yield one


def _paused(item_id: int, revision_ids: Sequence[int], at: datetime) -> Select[*tuple[Any, ...]]:
    """The steps of attempts that span a week or more; a finished one ends with its last step."""
    end = func.coalesce(Attempt.finished_at, Attempt.set_aside_at)
    spans = DaysBetween(func.coalesce(end, literal(at, type_=Attempt.started_at.type)), Attempt.started_at)
    return (
        select(
            Attempt.id,
            Attempt.participant_id,
            Attempt.started_at,
            end.label("ended_at"),
            Step.choice,
            Step.answered_at,
        )
        .outerjoin(Step, Step.attempt_id == Attempt.id)
        .where(
            Attempt.scenario_id == item_id,
            Attempt.revision_id.in_(revision_ids),
            Attempt.copied_steps == 0,
            spans >= A_WEEK.days,
        )
        .order_by(Attempt.id, Step.number)
    )
