"""The order in which states can be settled from the endings back, and what can be counted in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.graph import Graph


def moves_from(graph: Graph, at: int, *, silence: bool) -> list[int]:
    """Where the moves of a state lead: its replies or its route, and silence if that counts."""
    to = [target for _, _, target in graph.edges[at]]
    return [*to, graph.silences[at]] if silence and graph.silences[at] >= 0 else to


def predecessors(graph: Graph, *, silence: bool) -> list[list[int]]:
    before: list[list[int]] = [[] for _ in graph.states]
    for at, edges in enumerate(graph.edges):
        for _, _, target in edges:
            before[target].append(at)
        if silence and graph.silences[at] >= 0:
            before[graph.silences[at]].append(at)
    return before


def settled_order(graph: Graph, *, silence: bool = False) -> tuple[list[int], list[int]]:
    """(every state after all that its moves lead to, the states that lead into a loop)."""
    before = predecessors(graph, silence=silence)
    waiting = [len(edges) + (silence and graph.silences[at] >= 0) for at, edges in enumerate(graph.edges)]
    settled = [at for at, count in enumerate(waiting) if not count]
    for at in settled:  # grows while it is walked
        for earlier in before[at]:
            waiting[earlier] -= 1
            if not waiting[earlier]:
                settled.append(earlier)
    return settled, [at for at in range(len(waiting) - 1, -1, -1) if waiting[at]]


def count_plays(graph: Graph, *, silence: bool) -> int | None:
    """How many complete plays there are; None where a play can go round for ever."""
    order, looping = settled_order(graph, silence=silence)
    if 0 in looping:
        return None
    plays = [0] * len(graph.states)
    for at in order:
        to = moves_from(graph, at, silence=silence)
        plays[at] = sum(plays[target] for target in to) if to else int(graph.is_end(at))
    return plays[0]


def longest_play(graph: Graph) -> int | None:
    """The replies of the longest play without silence; None where a play can go round for ever."""
    order, looping = settled_order(graph)
    if 0 in looping:
        return None
    length = [0] * len(graph.states)
    for at in order:
        step = 0 if graph.is_route(at) else 1
        length[at] = max((step + length[target] for _, _, target in graph.edges[at]), default=0)
    return length[0]


def shortest_play(graph: Graph) -> int | None:
    """The replies of the shortest play without silence; None where no ending can be reached."""
    layer, depth = [0], 0
    seen: set[int] = set()
    while layer:
        following: list[int] = []
        for at in layer:  # grows by the routes, which take no step
            if at in seen:
                continue
            seen.add(at)
            if graph.is_end(at):
                return depth
            into = layer if graph.is_route(at) else following
            into.extend(target for _, _, target in graph.edges[at])
        layer, depth = following, depth + 1
    return None
