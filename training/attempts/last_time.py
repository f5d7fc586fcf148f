"""How a call went the time before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scenarios import Bands, replay, score
from training.attempts.models import Attempt, Step
from training.attempts.own import OwnAttempt
from training.library.queries import load_scenario


@dataclass(frozen=True)
class LastTime:
    """A finished play of a call, practice or check, by the same learner."""

    public_id: str
    finished_at: datetime
    bands: Bands


def judge_again(
    session: Session, public_id: str, finished_at: datetime, revision_id: int, choices: list[int]
) -> LastTime:
    """A finished play's bands, from its steps."""
    play = replay(load_scenario(session, revision_id).compiled, choices)
    return LastTime(public_id, finished_at, score(play).bands)


def time_before(session: Session, attempt: OwnAttempt) -> LastTime | None:
    """The learner's newest play of this call that ended before `attempt` did."""
    found = session.execute(
        select(Attempt.id, Attempt.public_id, Attempt.finished_at, Attempt.revision_id)
        .where(
            Attempt.participant_id == attempt.participant_id,
            Attempt.scenario_id == attempt.scenario_id,
            Attempt.finished_at < attempt.finished_at,
        )
        .order_by(Attempt.finished_at.desc())
        .limit(1)
    ).first()
    if found is None or found.finished_at is None:
        return None
    steps = select(Step.choice).where(Step.attempt_id == found.id).order_by(Step.number)
    choices = list(session.scalars(steps))
    return judge_again(session, found.public_id, found.finished_at, found.revision_id, choices)
