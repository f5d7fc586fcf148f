"""The best (and worst) total still to be had from each state, and points for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scenarios.backward import predecessors, settled_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from scenarios.graph import Graph

Totals = list[int | None]


@dataclass
class Values:
    """`totals[at]` is None where no ending can be reached. `loop` is a cycle that gains for ever."""

    totals: Totals
    loop: tuple[int, ...] = ()


def best_totals(graph: Graph, counts: Callable[[int], bool] | None = None) -> Values:
    """For each state the most points that a play to an ending still earns (silence never chosen).

    `counts` limits the endings that a play may come to.
    """
    return totals(graph, 1, counts)


def worst_totals(graph: Graph) -> Values:
    """As `best_totals`, the least; a loop that loses for ever makes the worst unbounded."""
    found = totals(graph, -1, None)
    return Values([None if total is None else -total for total in found.totals], found.loop)


def totals(graph: Graph, sign: int, counts: Callable[[int], bool] | None) -> Values:
    """Settle the states backward from the endings; what loops is relaxed until nothing gains."""
    values: Totals = [None] * len(graph.states)
    settled, looping = settled_order(graph)
    for at in settled:
        if graph.edges[at]:
            values[at] = best_edge(graph, at, sign, values)[0]
        elif graph.is_end(at) and (counts is None or counts(at)):
            values[at] = 0
    return relax(graph, sign, values, looping) if looping else Values(values)


def best_edge(graph: Graph, at: int, sign: int, values: Totals) -> tuple[int | None, int]:
    """The most that one edge gives, and where it leads."""
    best: int | None = None
    to = -1
    for _, points, target in graph.edges[at]:
        beyond = values[target]
        if beyond is not None and (best is None or sign * points + beyond > best):
            best, to = sign * points + beyond, target
    return best, to


def relax(graph: Graph, sign: int, values: Totals, looping: list[int]) -> Values:
    """Repeat over the states that loop. A cycle among their best edges is one that gains for ever."""
    best_to: dict[int, int] = {}
    changed = True
    while changed:
        changed = False
        for at in looping:
            value, to = best_edge(graph, at, sign, values)
            known = values[at]
            if value is not None and (known is None or value > known):
                values[at], best_to[at], changed = value, to, True
        loop = cycle_in(best_to) if changed else ()
        if loop:
            return Values(values, loop)
    return Values(values)


def cycle_in(best_to: dict[int, int]) -> tuple[int, ...]:
    """A cycle in a map from each state to the next one, or nothing."""
    seen: dict[int, int] = {}
    for begin in best_to:
        path: list[int] = []
        at = begin
        while at in best_to and at not in seen:
            seen[at] = begin
            path.append(at)
            at = best_to[at]
        if at in best_to and seen[at] == begin:
            return tuple(path[path.index(at) :])
    return ()


def reaching(graph: Graph, goal: Callable[[int], bool], *, silence: bool) -> list[bool]:
    """For each state, whether a state that `goal` accepts can be reached from it."""
    before = predecessors(graph, silence=silence)
    reached = [goal(at) for at in range(len(before))]
    queue = [at for at in range(len(before)) if reached[at]]
    for at in queue:
        for earlier in before[at]:
            if not reached[earlier]:
                reached[earlier] = True
                queue.append(earlier)
    return reached
