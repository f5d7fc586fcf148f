"""What the search knows about each menu: which replies are best, weak, longest, and what silence costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scenarios.score import band_of

if TYPE_CHECKING:
    from scenarios.compiled import Compiled
    from scenarios.graph import Graph
    from scenarios.scenario import Scene


@dataclass
class MenuFacts:
    """Facts of one scene with choices, over every state it is met in.

    `longest_is_best`: in the state first met, whether the one longest reply is a best one; None where
    that tells nothing. `free_choice`, `costly_choice`: states were met where no, or some, reply costs
    anything. `weak`: replies that are weak in some state. `idle_silence`: the shortest play to a state
    where silence costs nothing, or None. `differing`: the skills in which the replies on offer differ.
    """

    scene: Scene
    longest_is_best: bool | None = None
    free_choice: bool = False
    costly_choice: bool = False
    weak: set[int] = field(default_factory=set)
    idle_silence: tuple[int, ...] | None = None
    differing: set[str] = field(default_factory=set)


def menu_facts(graph: Graph, compiled: Compiled) -> list[MenuFacts]:
    """The facts of every scene with choices, in the order of the file."""
    scenes = compiled.scenario.scenes
    facts = {at: MenuFacts(scene) for at, scene in enumerate(scenes) if scene.choices}
    told: dict[int, set[tuple[int, ...]]] = {at: set() for at in facts}
    met: set[int] = set()
    for at, edges in enumerate(graph.edges):
        scene = graph.scene(at)
        if scene in facts and edges:
            learn(facts[scene], graph, compiled, at, first=scene not in met)
            met.add(scene)
            offered = tuple(index for index, _, _ in edges)
            if offered not in told[scene]:
                told[scene].add(offered)
                facts[scene].differing |= differing(scenes[scene], offered)
    return [facts[at] for at in sorted(facts)]


def learn(fact: MenuFacts, graph: Graph, compiled: Compiled, at: int, *, first: bool) -> None:
    """Take in one state."""
    here = compiled.values[graph.states[at]]
    best: set[int] = set()
    for index, points, target in graph.edges[at]:
        after = graph.states[target]
        cost = here - points - compiled.values[after]
        if cost == 0:
            best.add(index)
        elif band_of(cost, compiled.best, doomed=after in compiled.doomed) == "weak":
            fact.weak.add(index)
    offered = [index for index, _, _ in graph.edges[at]]
    if len(offered) > 1:
        fact.free_choice |= len(best) == len(offered)
        fact.costly_choice |= len(best) < len(offered)
    if first and 0 < len(best) < len(offered):
        lengths = {index: len(fact.scene.choices[index - 1].text) for index in offered}
        longest = [index for index in offered if lengths[index] == max(lengths.values())]
        fact.longest_is_best = len(longest) == 1 and longest[0] in best
    silence = graph.silences[at]
    if silence >= 0 and fact.idle_silence is None and compiled.values[graph.states[silence]] == here:
        fact.idle_silence = graph.play_to(at)


def differing(scene: Scene, offered: tuple[int, ...]) -> set[str]:
    points = [dict(scene.choices[index - 1].points) for index in offered]
    skills = {skill for one in points for skill in one}
    return {skill for skill in skills if len({one.get(skill, 0) for one in points}) > 1}
