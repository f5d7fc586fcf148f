"""How a call went the time before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from scenarios import Bands, replay, score
from training.attempts.models import Attempt, Step
from training.attempts.own import OwnAttempt
from training.database import UtcDateTime
from training.library.queries import find_scenario


@dataclass(frozen=True)
class LastTime:
    """A finished play of a call, practice or check, by the same learner."""

    public_id: str
    finished_at: datetime
    bands: Bands


def judge_again(
    session: Session, public_id: str, finished_at: datetime, revision_id: int, choices: list[int]
) -> LastTime | None:
    """A finished play's bands, from its steps; None where this release cannot play that revision."""
    build = find_scenario(session, revision_id)
    if build is None:
        return None
    play = replay(build.compiled, choices)
    return LastTime(public_id, finished_at, score(play).bands)


_earlier = aliased(Attempt)
_NEWEST_BEFORE = (
    select(_earlier.id)
    .where(
        _earlier.participant_id == bindparam("participant_id"),
        _earlier.scenario_id == bindparam("scenario_id"),
        _earlier.finished_at < bindparam("finished_at", type_=UtcDateTime()),
    )
    .order_by(_earlier.finished_at.desc())
    .limit(1)
)
# Built once, not at each request.
_BEFORE = (
    select(Attempt.public_id, Attempt.finished_at, Attempt.revision_id, Step.choice)
    .join(Step, Step.attempt_id == Attempt.id)
    .where(Attempt.id == _NEWEST_BEFORE.scalar_subquery())
    .order_by(Step.number)
)


def time_before(session: Session, attempt: OwnAttempt) -> LastTime | None:
    """The learner's newest play of this call that ended before `attempt` did: one statement."""
    asked = {name: getattr(attempt, name) for name in ("participant_id", "scenario_id", "finished_at")}
    steps = session.execute(_BEFORE, asked).all()
    if not steps:
        return None
    first = steps[0]
    choices = [step.choice for step in steps]
    return judge_again(session, first.public_id, first.finished_at, first.revision_id, choices)
