"""The four test-wise robots: who always takes the first, last, longest or shortest reply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scenarios.machine import SCENE_MASK
from scenarios.scenario import Choice
from scenarios.score import has_passed

if TYPE_CHECKING:
    from scenarios.graph import Graph

Pick = Callable[[list[Choice]], int]

PICKS: dict[str, Pick] = {
    "first": lambda _: 0,
    "last": lambda choices: len(choices) - 1,
    "longest": lambda choices: max(range(len(choices)), key=lambda at: len(choices[at].text)),
    "shortest": lambda choices: min(range(len(choices)), key=lambda at: len(choices[at].text)),
}


@dataclass(frozen=True, slots=True)
class Robot:
    """What a robot comes to: the score shown, whether it passes, and the ending (None: round for ever)."""

    score: int
    passed: bool
    ending: str | None


def run_robots(graph: Graph, best: int) -> dict[str, Robot]:
    return {name: run_robot(graph, best, pick) for name, pick in PICKS.items()}


def run_robot(graph: Graph, best: int, pick: Pick) -> Robot:
    scenario = graph.machine.scenario
    at = earned = 0
    seen: set[int] = set()
    while graph.edges[at] and at not in seen:
        seen.add(at)
        edge = graph.edges[at][0] if graph.is_route(at) else graph.edges[at][picked(graph, at, pick)]
        earned, at = earned + edge[1], edge[2]
    scene = scenario.scenes[graph.states[at] & SCENE_MASK]
    shown = (200 * max(0, earned) + best) // (2 * best)
    slug = scene.slug if scene.ending else None
    return Robot(shown, has_passed(scenario, earned, best, scene.ending), slug)


def picked(graph: Graph, at: int, pick: Pick) -> int:
    scene = graph.machine.scenario.scenes[graph.scene(at)]
    return pick([scene.choices[index - 1] for index, _, _ in graph.edges[at]])
