"""The best call: the shortest play that earns the most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.graph import Graph
    from scenarios.values import Totals


@dataclass(frozen=True, slots=True)
class BestCall:
    """`steps`: (position, authored index) of each reply; `decisions`: replies that were one of several."""

    steps: tuple[tuple[int, int], ...]
    decisions: int


def best_call(graph: Graph, totals: Totals) -> BestCall:
    """Walk the edges that lose nothing, in layers of one reply, to the nearest ending."""
    parents: dict[int, tuple[int, int]] = {}
    layer = [(0, -1, 0)]
    while layer:
        following: list[tuple[int, int, int]] = []
        for at, parent, index in layer:  # grows by the routes, which take no step
            if at in parents:
                continue
            parents[at] = (parent, index)
            if graph.is_end(at):
                return traced(graph, parents, at)
            into = layer if graph.is_route(at) else following
            into.extend((target, at, index) for index, target in lossless(graph, at, totals))
        layer = following
    return BestCall((), 0)


def lossless(graph: Graph, at: int, totals: Totals) -> list[tuple[int, int]]:
    """(authored index, position) of each edge after which everything can still be earned."""
    found = []
    for index, points, target in graph.edges[at]:
        here, beyond = totals[at], totals[target]
        if here is not None and beyond is not None and here == points + beyond:
            found.append((index, target))
    return found


def traced(graph: Graph, parents: dict[int, tuple[int, int]], at: int) -> BestCall:
    steps: list[tuple[int, int]] = []
    while at:
        parent, index = parents[at]
        if not graph.is_route(parent):
            steps.append((parent, index))
        at = parent
    steps.reverse()
    return BestCall(tuple(steps), sum(len(graph.edges[at]) > 1 for at, _ in steps))
