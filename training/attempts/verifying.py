"""Do the stored results still follow from the steps? Every attempt is played again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from scenarios import NotOnOfferError, Play, replay
from training.attempts.models import Attempt, Step
from training.attempts.rules import result_of
from training.errors import UnavailableError
from training.library.queries import load_scenario

BATCH = 500
_STORED = (
    Attempt.id,
    Attempt.public_id,
    Attempt.revision_id,
    Attempt.step_count,
    Attempt.finished_at,
    Attempt.ending,
    Attempt.percent,
    Attempt.passed,
)


@dataclass(frozen=True)
class Difference:
    """Where an attempt's row and its steps disagree."""

    public_id: str
    what: str


def verify_attempts(session: Session) -> Iterator[list[Difference]]:
    """The differences of one attempt after another, in the order they were begun; [] for one that agrees."""
    last = 0
    while rows := session.execute(
        select(*_STORED).where(Attempt.id > last).order_by(Attempt.id).limit(BATCH)
    ).all():
        steps = _steps(session, [row.id for row in rows])
        for row in rows:
            yield [Difference(row.public_id, what) for what in _compare(session, row, steps[row.id])]
        last = rows[-1].id


def _steps(session: Session, attempt_ids: list[int]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {attempt_id: [] for attempt_id in attempt_ids}
    query = select(Step.attempt_id, Step.number, Step.choice).where(Step.attempt_id.in_(attempt_ids))
    for attempt_id, number, choice in session.execute(query.order_by(Step.attempt_id, Step.number)):
        found[attempt_id].append((number, choice))
    return found


def _compare(session: Session, row: Row[*tuple[Any, ...]], steps: list[tuple[int, int]]) -> list[str]:
    if [number for number, _choice in steps] != list(range(1, len(steps) + 1)):
        return [f"its steps are numbered {[number for number, _choice in steps]}"]
    found = []
    if row.step_count != len(steps):
        found.append(f"it says {row.step_count} steps and has {len(steps)}")
    try:
        compiled = load_scenario(session, row.revision_id).compiled
        play = replay(compiled, [choice for _number, choice in steps])
    except NotOnOfferError as problem:
        return [*found, f"its steps cannot be played: {problem}"]
    except UnavailableError:
        return [*found, "its revision has no build for this release; run `flask content import`"]
    return found + _results(row, play)


def _results(row: Row[*tuple[Any, ...]], play: Play) -> list[str]:
    result = result_of(play)
    if (row.finished_at is not None) != (result is not None):
        return [f"it says {'finished' if row.finished_at else 'not finished'}, and its steps do not"]
    wanted = (result.ending, result.percent, result.passed) if result else (None, None, None)
    stored = (row.ending, row.percent, row.passed)
    names = ("ending", "percent", "passed")
    return [
        f"its {name} is stored as {was}, and played again it is {now}"
        for name, was, now in zip(names, stored, wanted, strict=True)
        if was != now
    ]
