"""A learner's own attempt, read with its steps in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, exists, func, select
from sqlalchemy.orm import Session

from training.accounts.participant import Participant
from training.attempts.models import Attempt, AttemptKind, HintAsked, Step
from training.errors import NotFoundError
from training.library.corrections import words_about
from training.library.models import Item
from training.viewer import Viewer

LONGEST_TURN = timedelta(minutes=2)
_COLUMNS = (
    Attempt.id,
    Attempt.public_id,
    Attempt.participant_id,
    Attempt.scenario_id,
    Item.slug,
    Attempt.revision_id,
    Attempt.kind,
    Attempt.seed,
    Attempt.step_count,
    Attempt.started_at,
    Attempt.finished_at,
    Attempt.set_aside_at,
    Attempt.copied_steps,
    Attempt.coaching,
    exists()
    .where(HintAsked.attempt_id == Attempt.id, HintAsked.number == Attempt.step_count + 1)
    .correlate(Attempt)
    .label("has_hint"),
    words_about(Attempt.scenario_id, Attempt.revision_id).label("correction"),
    Step.choice,
    Step.answered_at,
)
_OWN = (
    select(*_COLUMNS)
    .join(Participant, Participant.id == Attempt.participant_id)
    .join(Item, Item.id == Attempt.scenario_id)
    .outerjoin(Step, Step.attempt_id == Attempt.id)
    .order_by(Step.number)
)
# Built once: building it took longer than the database takes to answer it.
_MINE = _OWN.where(
    Attempt.public_id == bindparam("public_id"), Participant.person_id == bindparam("person_id")
)


@dataclass(frozen=True)
class OwnAttempt:
    """One attempt as its learner may see it. `choices` are the authored ones, the truth of the call.

    `has_hint`: the hint before the next reply was asked for. `coaching`: "now", "end", or None where
    the scenario decides. `correction`: what turned out to be wrong in it, or nothing.
    """

    id: int
    public_id: str
    participant_id: int
    scenario_id: int
    slug: str
    revision_id: int
    kind: AttemptKind
    seed: str
    step_count: int
    started_at: datetime
    finished_at: datetime | None
    set_aside_at: datetime | None
    copied_steps: int
    coaching: str | None
    has_hint: bool
    correction: str
    choices: tuple[int, ...]
    answered_at: tuple[datetime, ...]

    @property
    def is_check(self) -> bool:
        return self.kind is AttemptKind.CHECK

    @property
    def is_open(self) -> bool:
        return self.finished_at is None and self.set_aside_at is None

    def after(self, choice: int, at: datetime, *, finished: bool) -> OwnAttempt:
        """The same attempt with one step more, as it stands once that step is recorded."""
        return replace(
            self,
            step_count=self.step_count + 1,
            choices=(*self.choices, choice),
            answered_at=(*self.answered_at, at),
            finished_at=at if finished else None,
            has_hint=False,
        )

    @property
    def address(self) -> str:
        return address_of(self.public_id)

    @property
    def door(self) -> str:
        """Where the call is begun, and taken up again."""
        return f"/scenarios/{self.slug}"

    @property
    def talked_for(self) -> timedelta:
        """About how long the call took so far: a pause counts as one long turn, not as hours."""
        marks = [self.started_at, *self.answered_at[self.copied_steps :]]
        gaps = [later - before for before, later in pairwise(marks)]
        return sum((min(max(gap, timedelta(0)), LONGEST_TURN) for gap in gaps), timedelta(0))


def address_of(public_id: str) -> str:
    """Where an attempt lives: mail, bookmarks and refusals rely on it."""
    return f"/attempts/{public_id}"


def find_attempt(session: Session, public_id: str, viewer: Viewer) -> OwnAttempt:
    """The viewer's own attempt with its steps, in one statement; another's is not there (NotFoundError)."""
    asked = {"public_id": public_id, "person_id": viewer.id}
    return _one(session.connection().execute(_MINE, asked).all())  # columns alone: no object to make


def read_attempt(session: Session, *conditions: ColumnElement[bool]) -> OwnAttempt:
    """The one attempt of which all of these hold. Whoever asks has said in them who may see it."""
    return _one(session.execute(_OWN.where(*conditions)).all())


def _one(rows: Sequence[Row[*tuple[Any, ...]]]) -> OwnAttempt:
    if not rows:
        raise NotFoundError
    first, steps = rows[0], [row for row in rows if row.choice is not None]
    return OwnAttempt(
        id=first.id,
        public_id=first.public_id,
        participant_id=first.participant_id,
        scenario_id=first.scenario_id,
        slug=first.slug,
        revision_id=first.revision_id,
        kind=AttemptKind(first.kind),
        seed=first.seed,
        step_count=first.step_count,
        started_at=first.started_at,
        finished_at=first.finished_at,
        set_aside_at=first.set_aside_at,
        copied_steps=first.copied_steps,
        coaching=first.coaching,
        has_hint=first.has_hint,
        correction=first.correction or "",
        choices=tuple(row.choice for row in steps),
        answered_at=tuple(row.answered_at for row in steps),
    )


def live_address(session: Session, attempt: OwnAttempt) -> str:
    """Where this call goes on: the open one of the same person, scenario and kind, else `attempt` itself."""
    live = session.execute(
        select(Attempt.public_id).where(
            Attempt.participant_id == attempt.participant_id,
            Attempt.scenario_id == attempt.scenario_id,
            Attempt.kind == attempt.kind,
            Attempt.finished_at.is_(None),
            Attempt.set_aside_at.is_(None),
        )
    ).scalar()
    return address_of(live or attempt.public_id)


def count_open(session: Session, scenario_id: int) -> int:
    """How many have begun a call and not ended it: a number, never who."""
    query = select(func.count(func.distinct(Attempt.participant_id))).where(
        Attempt.scenario_id == scenario_id,
        Attempt.finished_at.is_(None),
        Attempt.set_aside_at.is_(None),
    )
    return session.scalar(query) or 0
