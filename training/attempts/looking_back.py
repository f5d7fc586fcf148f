"""What a learner's own finished calls say of their skills, and which are worth another go. Theirs alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from scenarios import Band, Play, Scenario, replay
from scenarios.score import decisions_of
from training.accounts.participant import Participant
from training.attempts.caller import Caller, Temper, caller_of, temper_of
from training.attempts.models import Attempt, Step
from training.attempts.moments import moments_of, turning_point
from training.library.models import Item, Kind
from training.library.queries import Published, find_scenario

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
class Judged:
    """One finished call, judged. `moments`, by skill, are its own: copied ones count where they came from."""

    public_id: str
    slug: str
    finished_at: datetime
    scenario: Scenario
    play: Play
    turn: int
    moments: dict[str, list[Band]]


_NEWEST = (
    select(Attempt.id)
    .join(Participant, Participant.id == Attempt.participant_id)
    .where(Participant.person_id == bindparam("person_id"), Attempt.finished_at.is_not(None))
    .order_by(Attempt.finished_at.desc(), Attempt.id.desc())
    .limit(CALLS)
)
# Built once, not at each request.
_FINISHED = (
    select(
        Attempt.id,
        Attempt.public_id,
        Attempt.revision_id,
        Item.slug,
        Attempt.finished_at,
        Attempt.copied_steps,
        Step.choice,
    )
    .join(Step, Step.attempt_id == Attempt.id)
    .join(Item, Item.id == Attempt.scenario_id)
    .where(Attempt.id.in_(_NEWEST))
    .order_by(Attempt.finished_at.desc(), Attempt.id.desc(), Step.number)
)


def finished_calls(session: Session, person_id: int) -> list[Judged]:
    """The newest first: one statement, and one for each call that is not in memory.

    A call whose revision this release cannot play is left out.
    """
    rows = session.execute(_FINISHED, {"person_id": person_id}).all()
    judged = (_judge(session, list(steps)) for _id, steps in groupby(rows, key=lambda row: row.id))
    return [one for one in judged if one is not None]


def looked_at(calls: Sequence[Judged]) -> set[tuple[Kind, str]]:
    """Everything that `looking_back` would name, by kind and address."""
    turned = {(Kind.SCENARIO, call.slug) for call in calls if call.turn}
    return turned | {(Kind.SKILL, skill) for call in calls for skill in call.moments}


def looking_back(
    calls: Sequence[Judged], live: Mapping[tuple[Kind, str], Published], at: datetime
) -> LookingBack:
    """`calls`, newest first, under their names in `live`; what is no longer published is left out."""
    return LookingBack(_skills(calls, live, at), _again(calls, live))


def _judge(session: Session, rows: list[Row[*tuple[Any, ...]]]) -> Judged | None:
    first = rows[0]
    build = find_scenario(session, first.revision_id)
    if build is None:
        return None
    play = replay(build.compiled, [row.choice for row in rows])
    decisions = decisions_of(play)
    return Judged(
        first.public_id,
        first.slug,
        first.finished_at,
        build.compiled.scenario,
        play,
        turning_point(decisions),
        moments_of(play, decisions, first.copied_steps),
    )


def _skills(
    calls: Sequence[Judged], live: Mapping[tuple[Kind, str], Published], at: datetime
) -> tuple[SkillSoFar, ...]:
    """By address; oldest moment first."""
    bands: dict[str, list[Band]] = {}
    last: dict[str, datetime] = {}
    for one in reversed(calls):
        for skill, moments in one.moments.items():
            if moments:
                bands.setdefault(skill, []).extend(moments)
                last[skill] = one.finished_at
    return tuple(
        SkillSoFar(
            live[Kind.SKILL, skill].title,
            skill,
            tuple(bands[skill][-MOMENTS:]),
            last[skill],
            at - last[skill] > LONG_AGO,
        )
        for skill in sorted(bands)
        if (Kind.SKILL, skill) in live
    )


def _again(calls: Sequence[Judged], live: Mapping[tuple[Kind, str], Published]) -> tuple[AnotherGo, ...]:
    """Calls still published whose newest play lost something, newest first."""
    newest: dict[str, Judged] = {}
    for one in calls:
        newest.setdefault(one.slug, one)
    turned = [one for one in newest.values() if one.turn and (Kind.SCENARIO, one.slug) in live]
    return tuple(_another_go(one, live[Kind.SCENARIO, one.slug]) for one in turned[:AGAIN])


def _another_go(one: Judged, call: Published) -> AnotherGo:
    return AnotherGo(
        one.public_id,
        call.slug,
        call.title,
        call.minutes,
        one.turn,
        caller_of(one.scenario),
        temper_of(one.scenario, one.play),
    )
