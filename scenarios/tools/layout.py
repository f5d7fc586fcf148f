"""Scenes in layers, from top to bottom as a call goes, with few crossings."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scenarios.scenario import Scenario

SWEEPS = 24
WIDTH, HEIGHT, GAP_X, GAP_Y, LANE = 150, 58, 24, 46, 14

Link = tuple[int, int]


@dataclass
class Layout:
    """Points (scenes by index, then the bends of long links) in layers, with the middle `x` of each.

    `onward` are the links that go down, each with its bends from scene to scene; `back` the others.
    """

    scenes: int
    layers: list[list[int]]
    layer_of: list[int]
    onward: list[list[int]]
    back: list[Link]
    x: dict[int, float] = field(default_factory=dict)

    def half(self, point: int) -> float:
        """Half the room that a point takes up: a scene is a box, a bend only a lane."""
        return (WIDTH + GAP_X) / 2 if point < self.scenes else LANE / 2


def links_of(scenario: Scenario) -> list[tuple[int, int]]:
    """Every pair of scenes with a way from one to the other, in the order of the file."""
    index = {scene.slug: at for at, scene in enumerate(scenario.scenes)}
    links: dict[tuple[int, int], None] = {}
    for at, scene in enumerate(scenario.scenes):
        targets = [choice.target for choice in scene.choices] + [route.target for route in scene.routes]
        targets += [scene.timer.target] if scene.timer else []
        for target in targets:
            links[at, index[target]] = None
    return list(links)


def lay_out(scenario: Scenario) -> Layout:
    """Layers by the longest way from the start that never goes back; within one, by the neighbours."""
    count = len(scenario.scenes)
    links = links_of(scenario)
    forward = without_ways_back(count, links)
    layout = bent(count, links, forward)
    above, below = neighbours(layout)
    for sweep in range(SWEEPS):
        untangle(layout, above if sweep % 2 == 0 else below, downward=sweep % 2 == 0)
    pack(layout)
    for _ in range(SWEEPS):
        draw_near(layout, above, below)
    return layout


def without_ways_back(count: int, links: list[Link]) -> list[Link]:
    """The links that a walk from the start does not find going back to a scene still open."""
    onward: dict[int, list[int]] = {at: [] for at in range(count)}
    for source, target in links:
        onward[source].append(target)
    is_open, done = [False] * count, [False] * count
    kept: list[Link] = []
    for begin in range(count):
        stack = [] if done[begin] else [(begin, iter(onward[begin]))]
        while stack:
            at, targets = stack[-1]
            is_open[at] = True
            for target in targets:
                if is_open[target]:
                    continue
                kept.append((at, target))
                if not done[target]:
                    stack.append((target, iter(onward[target])))
                    break
            else:
                is_open[at], done[at] = False, True
                stack.pop()
    return kept


def longest_ways(count: int, forward: list[Link]) -> list[int]:
    layer = [0] * count
    waiting = [0] * count
    onward: dict[int, list[int]] = {at: [] for at in range(count)}
    for source, target in forward:
        waiting[target] += 1
        onward[source].append(target)
    ready = [at for at in range(count) if not waiting[at]]
    for at in ready:  # grows while it is walked
        for target in onward[at]:
            layer[target] = max(layer[target], layer[at] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return layer


def bent(count: int, links: list[Link], forward: list[Link]) -> Layout:
    """The scenes in layers, and a bend for each layer that a link passes by."""
    layer_of = longest_ways(count, forward)
    layers: list[list[int]] = [[] for _ in range(max(layer_of, default=0) + 1)]
    for at in range(count):
        layers[layer_of[at]].append(at)
    kept = set(forward)
    layout = Layout(count, layers, layer_of, [], [link for link in links if link not in kept])
    for source, target in forward:
        way = [source]
        for layer in range(layer_of[source] + 1, layer_of[target]):
            way.append(len(layer_of))
            layers[layer].append(len(layer_of))
            layer_of.append(layer)
        layout.onward.append([*way, target])
    return layout


def neighbours(layout: Layout) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Every point's neighbours in the layer above, and in the one below."""
    above: dict[int, list[int]] = {}
    below: dict[int, list[int]] = {}
    for way in layout.onward:
        for one, other in pairwise(way):
            below.setdefault(one, []).append(other)
            above.setdefault(other, []).append(one)
    return above, below


def untangle(layout: Layout, near: dict[int, list[int]], *, downward: bool) -> None:
    """Sort each layer by the mean row of its neighbours in the layer sorted before."""
    row = {at: place for layer in layout.layers for place, at in enumerate(layer)}
    for layer in layout.layers if downward else reversed(layout.layers):
        middle = {at: mean([row[one] for one in near.get(at, [at])]) for at in layer}
        layer.sort(key=middle.__getitem__)
        row.update({at: place for place, at in enumerate(layer)})


def pack(layout: Layout) -> None:
    """Set each layer side by side, its middle at 0."""
    for layer in layout.layers:
        left = -sum(layout.half(at) for at in layer)
        for at in layer:
            layout.x[at] = left + layout.half(at)
            left += 2 * layout.half(at)


def draw_near(layout: Layout, above: dict[int, list[int]], below: dict[int, list[int]]) -> None:
    """Move every point towards its neighbours as far as its layer's order and room allow."""
    for layer in layout.layers:
        wanted = {
            at: mean([layout.x[one] for one in (*above.get(at, ()), *below.get(at, ()))] or [layout.x[at]])
            for at in layer
        }
        rightward = spread(layer, wanted, layout)
        mirrored = {at: -place for at, place in wanted.items()}
        leftward = spread(layer[::-1], mirrored, layout)
        layout.x.update({at: (rightward[at] - leftward[at]) / 2 for at in layer})


def spread(layer: list[int], wanted: dict[int, float], layout: Layout) -> dict[int, float]:
    """The wanted places, each pushed on until it is clear of the one before."""
    placed: dict[int, float] = {}
    edge = float("-inf")
    for at in layer:
        placed[at] = max(wanted[at], edge + layout.half(at))
        edge = placed[at] + layout.half(at)
    return placed


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
