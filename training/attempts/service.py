"""Recording what a learner says. An answer is never lost, doubled or forged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from training.attempts.models import Attempt, Step
from training.attempts.rules import Answer, result_of
from training.database import Base

_ATTEMPT, _STEP = (Base.metadata.tables[model.__tablename__] for model in (Attempt, Step))
# Built once, like the statement that reads an attempt: a write should hold its lock for the database alone.
_MOVE = update(_ATTEMPT).where(
    _ATTEMPT.c.id == bindparam("attempt"),
    _ATTEMPT.c.step_count == bindparam("before"),
    _ATTEMPT.c.finished_at.is_(None),
    _ATTEMPT.c.set_aside_at.is_(None),
)
_ADD = insert(_STEP)


def record_choice(session: Session, attempt_id: int, answer: Answer, at: datetime) -> bool:
    """Add the learner's answer as the attempt's next step, and its result where the call ends with it.

    False where another request was first, or the attempt was closed meanwhile: then nothing is written,
    and the caller reads the attempt again. Two statements, straight on the connection, so that the write
    lock is held no longer than they take.
    """
    connection = session.connection()
    number = answer.number
    moved = connection.execute(
        _MOVE, {"attempt": attempt_id, "before": number - 1, "step_count": number, **_result(answer, at)}
    )
    if moved.rowcount != 1:
        return False
    connection.execute(
        _ADD, {"attempt_id": attempt_id, "number": number, "choice": answer.choice, "answered_at": at}
    )
    return True


def _result(answer: Answer, at: datetime) -> dict[str, Any]:
    result = result_of(answer.play)
    if result is None:
        return {}
    return {
        "finished_at": at,
        "ending": result.ending,
        "percent": result.percent,
        "passed": result.passed,
    }
