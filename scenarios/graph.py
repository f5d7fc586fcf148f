"""Every state that a play can be in, searched breadth first with live-variable reduction.

Of two states of one scene that differ only in what no later scene reads, one is kept. Routes are
states, followed at once: they take no step, so a state's depth is the number of replies before it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from scenarios.machine import SCENE_MASK, Machine

BUDGET = 200_000
SILENCE = 0


@dataclass
class Graph:
    """The states and the moves between them, by position in `states`.

    `edges[at]`: (authored index, points, position) for each reply on offer, or the one route.
    `silences[at]`: where silence leads, or -1. `parents[at]`: (position, authored index) of the
    shortest play's last step; a route's parent has index -1.
    """

    machine: Machine
    states: list[int] = field(default_factory=list)
    edges: list[list[tuple[int, int, int]]] = field(default_factory=list)
    silences: list[int] = field(default_factory=list)
    parents: list[tuple[int, int]] = field(default_factory=list)
    position: dict[int, int] = field(default_factory=dict)
    complete: bool = True
    route_cycle: int = -1

    def scene(self, at: int) -> int:
        return self.states[at] & SCENE_MASK

    def is_end(self, at: int) -> bool:
        return self.machine.places[self.scene(at)].ends

    def is_route(self, at: int) -> bool:
        return bool(self.machine.places[self.scene(at)].routes)

    def play_to(self, at: int) -> tuple[int, ...]:
        """The shortest play to a state: replies counted among those on offer, 0 for silence."""
        picks: list[int] = []
        while at > 0:
            parent, index = self.parents[at]
            if index == SILENCE:
                picks.append(0)
            elif index > 0:
                picks.append(1 + [edge[0] for edge in self.edges[parent]].index(index))
            at = parent
        return tuple(reversed(picks))


def explore(machine: Machine, budget: int = BUDGET, *, reduced: bool = True) -> Graph:
    """The graph from the start; `complete` is False when the budget ran out."""
    keep = machine.live if reduced else tuple(-1 for _ in machine.live)
    search = Search(Graph(machine), keep)
    search.enter(machine.start & keep[0], (-1, -1))
    while search.queue:
        if len(search.graph.states) > budget:
            search.graph.complete = False
            break
        search.expand(search.queue.popleft())
    return search.graph


class Search:
    """One search: `enter` finds a state, and follows its routes at once, so depths never shrink."""

    def __init__(self, graph: Graph, keep: tuple[int, ...]) -> None:
        self.graph = graph
        self.keep = keep
        self.queue: deque[int] = deque()

    def enter(self, state: int, parent: tuple[int, int]) -> int:
        graph = self.graph
        at = graph.position.get(state, -1)
        if at >= 0:
            return at
        at = first = self.add(state, parent)
        chain = {state}
        while graph.machine.places[graph.states[at] & SCENE_MASK].routes:
            route = graph.machine.route_of(graph.states[at])
            if route is None:
                break
            state = route.apply(graph.states[at])
            state &= self.keep[state & SCENE_MASK]
            known = graph.position.get(state, -1)
            if known >= 0:
                graph.edges[at].append((route.index, 0, known))
                if state in chain and graph.route_cycle < 0:
                    graph.route_cycle = at
                break
            chain.add(state)
            following = self.add(state, (at, -1))
            graph.edges[at].append((route.index, 0, following))
            at = following
        return first

    def add(self, state: int, parent: tuple[int, int]) -> int:
        graph = self.graph
        at = len(graph.states)
        graph.position[state] = at
        graph.states.append(state)
        graph.edges.append([])
        graph.silences.append(-1)
        graph.parents.append(parent)
        place = graph.machine.places[state & SCENE_MASK]
        if place.moves:
            self.queue.append(at)
        return at

    def expand(self, at: int) -> None:
        graph, keep = self.graph, self.keep
        state = graph.states[at]
        place = graph.machine.places[state & SCENE_MASK]
        edges = graph.edges[at]
        for move in place.moves:
            if move.spent & state or (move.clauses and not move.offered(state)):
                continue
            after = move.apply(state)
            after &= keep[move.target]
            known = graph.position.get(after, -1)
            if known < 0:
                known = self.enter(after, (at, move.index))
            edges.append((move.index, move.points, known))
        if place.silence is not None:
            after = place.silence.apply(state) & keep[place.silence.target]
            graph.silences[at] = self.enter(after, (at, SILENCE))
