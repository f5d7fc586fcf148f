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
    """Walk the edges that lose nothing, breadth first, to the nearest ending."""
    parents: dict[int, tuple[int, int]] = {0: (-1, 0)}
    queue = [0]
    for at in queue:
        if graph.is_end(at):
            return traced(graph, parents, at)
        for index, points, target in graph.edges[at]:
            value, beyond = totals[at], totals[target]
            lossless = value is not None and beyond is not None and value == points + beyond
            if lossless and target not in parents:
                parents[target] = (at, index)
                queue.append(target)
    return BestCall((), 0)


def traced(graph: Graph, parents: dict[int, tuple[int, int]], at: int) -> BestCall:
    steps: list[tuple[int, int]] = []
    while at:
        parent, index = parents[at]
        if not graph.is_route(parent):
            steps.append((parent, index))
        at = parent
    steps.reverse()
    return BestCall(tuple(steps), sum(len(graph.edges[at]) > 1 for at, _ in steps))
