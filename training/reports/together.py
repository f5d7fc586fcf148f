"""What a team finds hard, from the first checks of its people; nobody's alone, by the rule of five."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from scenarios import Band, replay
from scenarios.score import decisions_of
from training.attempts.calls import list_pieces
from training.attempts.models import Attempt, AttemptKind, Step
from training.attempts.moments import moments_of
from training.errors import UnavailableError
from training.fives import FIVE, in_fives, whole_fives
from training.library.models import Kind
from training.library.queries import ScenarioBuild, load_scenario

HARDEST = 5


@dataclass(frozen=True)
class SkillShare:
    """How the decisions of one skill went, in percent to the nearest five."""

    name: str
    slug: str
    strong: int
    fair: int
    weak: int


@dataclass(frozen=True)
class HardScene:
    """A scene in which people lost something at their first try: `lost` percent of `people`."""

    call: str
    title: str
    people: int
    lost: int


@dataclass(frozen=True)
class Together:
    """`has_people`: five or more have finished a check of the same call. Else the lists are empty."""

    has_people: bool
    skills: tuple[SkillShare, ...]
    scenes: tuple[HardScene, ...]


@dataclass
class _Try:
    """One person's first check of a call: bands by skill, and by scene whether something was lost there."""

    moments: dict[str, list[Band]]
    scenes: dict[str, bool]


@dataclass
class _Call:
    build: ScenarioBuild
    tries: list[_Try] = field(default_factory=list)


def together(session: Session, team_id: int) -> Together:
    """Of a team that whoever asks may see. Each call counts in whole fives, the first to finish first.

    Two statements, and one for each revision that is not in memory. Whoever has left, or was erased, counts:
    history stays with the team it happened in.
    """
    calls = [call for call in _calls(session, team_id).values() if len(call.tries) >= FIVE]
    bands: dict[str, list[Band]] = defaultdict(list)
    scenes: list[HardScene] = []
    for call in calls:
        for one in whole_fives(call.tries):
            for skill, moments in one.moments.items():
                bands[skill] += moments
        scenes += _scenes(call)
    hardest = sorted(scenes, key=lambda scene: (-scene.lost, scene.call, scene.title))[:HARDEST]
    return Together(bool(calls), _shares(session, bands), tuple(scene for scene in hardest if scene.lost))


def _shares(session: Session, bands: dict[str, list[Band]]) -> tuple[SkillShare, ...]:
    pieces = list_pieces(session, Kind.SKILL, sorted(skill for skill, found in bands.items() if found))
    return tuple(
        SkillShare(
            piece.title,
            piece.slug,
            *(in_fives(bands[piece.slug].count(band), len(bands[piece.slug])) for band in _BANDS),
        )
        for piece in pieces
    )


_BANDS: tuple[Band, Band, Band] = ("strong", "fair", "weak")


def _scenes(call: _Call) -> list[HardScene]:
    """A scene that fewer than five of them met is told nothing of."""
    stood: dict[str, list[bool]] = defaultdict(list)
    for one in whole_fives(call.tries):
        for scene, lost in one.scenes.items():
            stood[scene].append(lost)
    titles = {scene.slug: scene.title for scene in call.build.compiled.scenario.scenes}
    found = []
    for slug, lost_there in stood.items():
        those = whole_fives(lost_there)
        if those:
            share = in_fives(sum(those), len(those))
            found.append(HardScene(call.build.title, titles.get(slug, slug), len(those), share))
    return found


def _calls(session: Session, team_id: int) -> dict[int, _Call]:
    """By call: everybody's first finished check of it in this team, first finished first."""
    rows = session.execute(
        select(Attempt.id, Attempt.participant_id, Attempt.scenario_id, Attempt.revision_id, Step.choice)
        .join(Step, Step.attempt_id == Attempt.id)
        .where(
            Attempt.team_id == team_id,
            Attempt.kind == AttemptKind.CHECK,
            Attempt.finished_at.is_not(None),
        )
        .order_by(Attempt.finished_at, Attempt.id, Step.number)
    ).all()
    found: dict[int, _Call] = {}
    met: set[tuple[int, int]] = set()
    for _id, steps in groupby(rows, key=lambda row: row.id):
        first, *rest = steps
        whose = (first.participant_id, first.scenario_id)
        if whose not in met:
            met.add(whose)
            _add(session, found, [first, *rest])
    return found


def _add(session: Session, found: dict[int, _Call], steps: list[Row[*tuple[Any, ...]]]) -> None:
    """Each is judged by the revision it was played on; what cannot be read is left out."""
    try:
        build = load_scenario(session, steps[0].revision_id)
    except UnavailableError:
        return
    play = replay(build.compiled, [row.choice for row in steps])
    judged = decisions_of(play)
    scenes: dict[str, bool] = {}
    for decision in judged:
        if decision.is_decision:
            scenes.setdefault(decision.scene, decision.cost > 0)
    call = found.setdefault(steps[0].scenario_id, _Call(build))
    call.build = build
    call.tries.append(_Try(moments_of(play, judged), scenes))
