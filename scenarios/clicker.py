"""What somebody earns who clicks at random: the whole distribution, not a sample."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scenarios.backward import settled_order

if TYPE_CHECKING:
    from scenarios.graph import Graph

LEFT_OVER = 1e-9
MOST_PUSHES = 2_000_000

Masses = dict[int, dict[int, float]]


@dataclass
class Outcomes:
    """Probability by (position of the ending, points earned).

    `unsettled` is what was still on its way when the search gave up: next to nothing, but in large loops.
    """

    ends: dict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))
    unsettled: float = 0.0

    @property
    def mean(self) -> float:
        """The points earned on average."""
        return sum(earned * mass for (_, earned), mass in self.ends.items())


def click_at_random(graph: Graph, most_pushes: int = MOST_PUSHES) -> Outcomes:
    """Push the probability of every reply on offer, all alike, until less than 1e-9 is on its way.

    Without loops every state is pushed once, in order; with them the whole goes round by round, and
    gives up after `most_pushes` along single edges.
    """
    found = Outcomes()
    masses: Masses = {0: {0: 1.0}}
    order, looping = settled_order(graph)
    if not looping:
        for at in reversed(order):
            if at in masses:
                push(graph, at, masses.pop(at), masses, found)
        return found
    pushes, left = 0, 1.0
    while left >= LEFT_OVER and pushes < most_pushes:
        following: Masses = {}
        for at, earned in masses.items():
            push(graph, at, earned, following, found)
            pushes += len(earned) * len(graph.edges[at])
        masses = following
        left = sum(sum(earned.values()) for earned in masses.values())
    found.unsettled = left
    return found


def push(graph: Graph, at: int, earned: dict[int, float], into: Masses, found: Outcomes) -> None:
    """Share out what stands at one state."""
    edges = graph.edges[at]
    if not edges:
        for points, mass in earned.items():
            found.ends[at, points] += mass
        return
    share = 1 / len(edges)
    for _, points, target in edges:
        there = into.setdefault(target, {})
        for before, mass in earned.items():
            there[before + points] = there.get(before + points, 0.0) + mass * share
