"""From plays to what may be told of them: whole fives of people in a scene, shares in fives. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from scenarios import Compiled, Play, replay, score
from training.fives import FIVE, in_fives, whole_fives
from training.hindsight.plays import Tried

_Key = TypeVar("_Key")


@dataclass(frozen=True)
class Stood:
    """One person, the first time that they stood in a scene. `choice` is the authored one, 0 for silence.

    `offered`: the replies that they could see. `cost`: what theirs lost. `does_well`: nothing else that they
    said in that play was weak.
    """

    choice: int
    seconds: float
    offered: frozenset[int]
    cost: int
    does_well: bool
    came_back: bool


@dataclass(frozen=True)
class SceneFigures:
    """A group in a scene: `people` is a multiple of five. `shares`: percent of them by choice, in fives.

    `seconds`: the median time to answer, to the nearest five. `people_here` are those people, for rules that
    tell no figure of them.
    """

    people: int
    shares: Mapping[int, int]
    seconds: int
    people_here: tuple[Stood, ...]

    @property
    def came_back(self) -> int:
        """Percent who stood here again later in the same play, in fives."""
        return in_fives(sum(one.came_back for one in self.people_here), self.people)


@dataclass(frozen=True)
class GroupFigures:
    """A group's figures. Scenes with fewer than five people are left out; `endings` below five people too."""

    people: int
    scenes: Mapping[str, SceneFigures]
    endings: Mapping[str, int]


@dataclass(frozen=True)
class _Step:
    scene: str
    choice: int
    offered: frozenset[int]
    cost: int
    does_well: bool


@dataclass(frozen=True)
class _Walk:
    """A path through the call, and the scene in which it stands at its end."""

    steps: tuple[_Step, ...]
    end: str


class Walks:
    """Paths through one call: each distinct one is replayed once, however many people took it."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._known: dict[tuple[int, ...], _Walk] = {}

    def of(self, choices: tuple[int, ...]) -> _Walk:
        if choices not in self._known:
            self._known[choices] = _walk(self._compiled, choices)
        return self._known[choices]


def _walk(compiled: Compiled, choices: tuple[int, ...]) -> _Walk:
    play = replay(compiled, choices)
    judged = score(play).decisions
    weak = sum(one.band == "weak" for one in judged)
    steps = tuple(
        _Step(
            turn.scene,
            turn.choice,
            frozenset(offer.index for offer in Play(compiled, (), before, ()).offers),
            one.cost,
            weak - (one.band == "weak") == 0,
        )
        for turn, one, (_move, before, _after) in zip(play.turns, judged, play.steps, strict=True)
    )
    return _Walk(steps, play.scene)


def left_at(walks: Walks, left: Sequence[tuple[int, ...]]) -> dict[str, int]:
    """Where people left, by scene, in whole fives of people; scenes that fewer left are not there."""
    counts = Counter(walks.of(choices).end for choices in left)
    return {scene: count // FIVE * FIVE for scene, count in counts.items() if count >= FIVE}


def figures_of(walks: Walks, plays: Sequence[Tried]) -> GroupFigures:
    """What may be told of a group's plays, which stand in the order in which they ended."""
    there: dict[str, list[Stood]] = {}
    for play in plays:
        for scene, stood in _first_times(walks.of(play.choices), play.seconds):
            there.setdefault(scene, []).append(stood)
    counted = whole_fives(plays)
    return GroupFigures(
        len(counted),
        {scene: _figures(whole) for scene, came in there.items() if (whole := whole_fives(came))},
        _shares(Counter(walks.of(play.choices).end for play in counted), len(counted)),
    )


def _first_times(walk: _Walk, seconds: Sequence[float]) -> Iterable[tuple[str, Stood]]:
    visits = Counter(step.scene for step in walk.steps)
    met: set[str] = set()
    for step, took in zip(walk.steps, seconds, strict=True):
        if step.scene not in met:
            met.add(step.scene)
            came_back = visits[step.scene] > 1
            yield (
                step.scene,
                Stood(step.choice, took, step.offered, step.cost, step.does_well, came_back),
            )


def _figures(came: Sequence[Stood]) -> SceneFigures:
    shares = _shares(Counter(one.choice for one in came), len(came))
    return SceneFigures(len(came), shares, _nearest_five(median(one.seconds for one in came)), tuple(came))


def _shares(counts: Mapping[_Key, int], of: int) -> dict[_Key, int]:
    return {key: in_fives(count, of) for key, count in counts.items()}


def _nearest_five(seconds: float) -> int:
    return max(FIVE, int(seconds / FIVE + 0.5) * FIVE)
