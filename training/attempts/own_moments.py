"""A learner's own moments by skill, for their eyes alone: practice and checks alike."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from scenarios import Band, replay
from scenarios.score import differing_skills, judge
from training.accounts.participant import Participant
from training.attempts.models import Attempt, Step
from training.library.queries import find_scenario

MOST_PLAYS = 20


def own_moments(session: Session, person_id: int) -> list[tuple[str, Band]]:
    """(skill, band) of each decision in this person's last plays that came to an end, oldest first.

    Two statements at most beside builds that were not read yet. Steps that were copied from another play
    count there and not again; a play that this release cannot replay is left out.
    """
    last = (
        select(Attempt.id, Attempt.revision_id, Attempt.copied_steps, Attempt.finished_at)
        .join(Participant, Participant.id == Attempt.participant_id)
        .where(Participant.person_id == person_id, Attempt.finished_at.is_not(None))
        .order_by(Attempt.finished_at.desc(), Attempt.id.desc())
        .limit(MOST_PLAYS)
        .subquery()
    )
    rows = session.execute(
        select(last.c.id, last.c.revision_id, last.c.copied_steps, Step.choice)
        .join(Step, Step.attempt_id == last.c.id)
        .order_by(last.c.finished_at, last.c.id, Step.number)
    ).all()
    found: list[tuple[str, Band]] = []
    for (_attempt_id, revision_id, copied), steps in groupby(rows, key=lambda row: tuple(row[:3])):
        found += _moments(session, revision_id, [row.choice for row in steps], copied)
    return found


def _moments(session: Session, revision_id: int, choices: list[int], copied: int) -> list[tuple[str, Band]]:
    build = find_scenario(session, revision_id)
    if build is None:
        return []
    compiled, found = build.compiled, list[tuple[str, Band]]()
    for number, step in enumerate(replay(compiled, choices).steps, 1):
        decision = judge(compiled, number, step)
        if decision.is_decision and number > copied:
            found += [(skill, decision.band) for skill in differing_skills(compiled, step)]
    return found
