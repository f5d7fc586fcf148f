"""People whose plays are written straight into the database: how many, what they said, and when."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from scenarios import replay
from tests.attempts.conftest import item_id
from tests.attempts.playing import CALL
from training.accounts.participant import Participant
from training.attempts.models import Attempt, AttemptKind, Step
from training.attempts.rules import result_of
from training.clock import now
from training.database import transaction
from training.library.models import Publication
from training.library.queries import load_scenario

BEGAN = now() - timedelta(days=30)


def play(
    *choices: int,
    slug: str = CALL,
    kind: AttemptKind = AttemptKind.CHECK,
    who: int = 0,
    after: float = 0,
    seconds: float = 7,
    copied: int = 0,
    began: datetime = BEGAN,
) -> int:
    """A call as somebody left it (a new person without `who`); the participant's id.

    Each reply took `seconds`; `after` is when they began, in minutes. These replies may end it.
    """
    at = began + timedelta(minutes=after)
    with transaction() as session:
        live = select(Publication.revision_id).where(
            Publication.item_id == item_id(slug), Publication.ended_at.is_(None)
        )
        revision_id = session.scalars(live).one()
        result = result_of(replay(load_scenario(session, revision_id).compiled, choices))
        if not who:
            session.add(stranger := Participant())
            session.flush()
            who = stranger.id
        attempt = Attempt(
            participant_id=who,
            scenario_id=item_id(slug),
            revision_id=revision_id,
            kind=kind,
            seed="0" * 32,
            step_count=len(choices),
            copied_steps=copied,
            started_at=at,
            finished_at=at + timedelta(seconds=seconds * len(choices)) if result else None,
            ending=result.ending if result else None,
            percent=result.percent if result else None,
            passed=result.passed if result else None,
        )
        session.add(attempt)
        session.flush()
        for number, choice in enumerate(choices, 1):
            answered = at + timedelta(seconds=seconds * number)
            session.add(Step(attempt_id=attempt.id, number=number, choice=choice, answered_at=answered))
        return who
