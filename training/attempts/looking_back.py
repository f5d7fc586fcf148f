"""What a learner's own finished calls say of their skills, and which are worth another go. Theirs alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from scenarios import Band, replay, score
from training.accounts.participant import Participant
from training.attempts.caller import Caller, Temper, caller_of, temper_of
from training.attempts.calls import list_pieces
from training.attempts.models import Attempt, Step
from training.attempts.moments import moments_of, turning_point
from training.library.models import Kind
from training.library.queries import Published, list_published, load_scenario

CALLS, MOMENTS, AGAIN = 20, 16, 3
LONG_AGO = timedelta(weeks=3)


@dataclass(frozen=True)
class SkillSoFar:
    """A row of the sampler. `is_rusty`: its last moment was weeks ago."""

    name: str
    slug: str
    bands: tuple[Band, ...]
    last_at: datetime
    is_rusty: bool

    @property
    def url(self) -> str:
        return f"/skills/{self.slug}"


@dataclass(frozen=True)
class AnotherGo:
    """A call whose last finished play turned at `turn`; `public_id` is that play.

    The caller's temper is as it was left, None where the story keeps none.
    """

    public_id: str
    slug: str
    title: str
    minutes: int
    turn: int
    caller: Caller
    temper: Temper | None


@dataclass(frozen=True)
class LookingBack:
    skills: tuple[SkillSoFar, ...] = ()
    again: tuple[AnotherGo, ...] = ()


@dataclass(frozen=True)
class _Judged:
    """One finished call, judged."""

    public_id: str
    scenario_id: int
    finished_at: datetime
    turn: int
    moments: dict[str, list[Band]]
    caller: Caller
    temper: Temper | None


def looking_back(session: Session, person_id: int, at: datetime) -> LookingBack:
    """From the newest finished calls: three statements, and one for each call that is not in memory."""
    judged = [_judge(session, rows) for rows in _finished(session, person_id)]
    if not judged:
        return LookingBack()
    return LookingBack(_skills(session, judged, at), _again(judged, list_published(session, Kind.SCENARIO)))


def _finished(session: Session, person_id: int) -> Iterable[list[Row[*tuple[Any, ...]]]]:
    """The rows of each finished call's steps, newest call first."""
    newest = (
        select(Attempt.id)
        .join(Participant, Participant.id == Attempt.participant_id)
        .where(Participant.person_id == person_id, Attempt.finished_at.is_not(None))
        .order_by(Attempt.finished_at.desc(), Attempt.id.desc())
        .limit(CALLS)
    )
    rows = session.execute(
        select(
            Attempt.public_id,
            Attempt.revision_id,
            Attempt.scenario_id,
            Attempt.finished_at,
            Attempt.copied_steps,
            Step.choice,
        )
        .join(Step, Step.attempt_id == Attempt.id)
        .where(Attempt.id.in_(newest))
        .order_by(Attempt.finished_at.desc(), Attempt.id.desc(), Step.number)
    )
    found: dict[str, list[Row[*tuple[Any, ...]]]] = {}
    for row in rows:
        found.setdefault(row.public_id, []).append(row)
    return found.values()


def _judge(session: Session, rows: list[Row[*tuple[Any, ...]]]) -> _Judged:
    first = rows[0]
    scenario = load_scenario(session, first.revision_id)
    play = replay(scenario.compiled, [row.choice for row in rows])
    came_to = score(play)
    return _Judged(
        first.public_id,
        first.scenario_id,
        first.finished_at,
        turning_point(came_to),
        moments_of(play, came_to, first.copied_steps),
        caller_of(scenario.compiled.scenario),
        temper_of(scenario.compiled.scenario, play),
    )


def _skills(session: Session, judged: list[_Judged], at: datetime) -> tuple[SkillSoFar, ...]:
    """Oldest moment first; the copied ones of a second try are not counted again."""
    bands: dict[str, list[Band]] = {}
    last: dict[str, datetime] = {}
    for one in reversed(judged):
        for skill, moments in one.moments.items():
            if moments:
                bands.setdefault(skill, []).extend(moments)
                last[skill] = one.finished_at
    pieces = list_pieces(session, Kind.SKILL, sorted(bands))
    return tuple(
        SkillSoFar(
            piece.title,
            piece.slug,
            tuple(bands[piece.slug][-MOMENTS:]),
            last[piece.slug],
            at - last[piece.slug] > LONG_AGO,
        )
        for piece in pieces
    )


def _again(judged: list[_Judged], calls: list[Published]) -> tuple[AnotherGo, ...]:
    """Calls still published whose newest play lost something, newest first."""
    there = {call.item_id: call for call in calls}
    newest: dict[int, _Judged] = {}
    for one in judged:
        newest.setdefault(one.scenario_id, one)
    found = [
        AnotherGo(one.public_id, call.slug, call.title, call.minutes, one.turn, one.caller, one.temper)
        for one in newest.values()
        if one.turn and (call := there.get(one.scenario_id)) is not None
    ]
    return tuple(found[:AGAIN])
