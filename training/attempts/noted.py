"""What is noted beside a finished call: where a hint was asked for, since when it is shared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Integer, bindparam, literal, null, select, union_all
from sqlalchemy.orm import Session

from training.attempts.models import HintAsked, Share
from training.attempts.own import OwnAttempt
from training.library.models import Revision


@dataclass(frozen=True)
class Noted:
    """`hints`: the turns. `shared_since`: None where it is not shared. `revisions`: all of the call."""

    hints: frozenset[int]
    shared_since: datetime | None
    revisions: tuple[int, ...]


_OF_ATTEMPT = bindparam("attempt_id", type_=Integer())
# Built once, not at each request.
_NOTED: CompoundSelect[*tuple[Any, ...]] = union_all(
    select(literal("shared").label("what"), Share.id.label("number"), Share.shared_at.label("at")).where(
        Share.attempt_id == _OF_ATTEMPT, Share.ended_at.is_(None)
    ),
    select(literal("hint"), HintAsked.number, null()).where(HintAsked.attempt_id == _OF_ATTEMPT),
    select(literal("revision"), Revision.id, null()).where(Revision.item_id == bindparam("item_id")),
)


def noted(session: Session, attempt: OwnAttempt) -> Noted:
    """One statement."""
    asked = {"attempt_id": attempt.id, "item_id": attempt.scenario_id}
    rows = session.execute(_NOTED, asked).all()
    return Noted(
        frozenset(row.number for row in rows if row.what == "hint"),
        next((row.at for row in rows if row.what == "shared"), None),
        tuple(row.number for row in rows if row.what == "revision"),
    )
