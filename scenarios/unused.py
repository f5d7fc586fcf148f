"""Proved over all states: what nobody reaches, what is never offered, what is always so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.diagnostics import Problems, quoted

if TYPE_CHECKING:
    from scenarios.graph import Graph
    from scenarios.machine import Move, Place
    from scenarios.scenario import Choice, Condition, Scene


def find_unused(graph: Graph, problems: Problems) -> None:
    states: list[list[int]] = [[] for _ in graph.machine.places]
    for at in range(len(graph.states)):
        states[graph.scene(at)].append(at)
    for scene, place, here in zip(graph.machine.scenario.scenes, graph.machine.places, states, strict=True):
        if here:
            find_in_menu(graph, scene, place, here, problems)
            find_in_routes(graph, scene, place, here, problems)
        else:
            unreached(scene, problems)


def unreached(scene: Scene, problems: Problems) -> None:
    mend = "Link to it from a choice, or take it out."
    if scene.ending:
        problems.add("P403", scene.where, f"No play comes to the ending {quoted(scene.title)}.", mend)
    else:
        problems.add("P404", scene.where, f"No play comes to {quoted(scene.title)}.", mend)


def find_in_menu(graph: Graph, scene: Scene, place: Place, here: list[int], problems: Problems) -> None:
    offered: dict[int, int] = {}
    for at in here:
        for index, _, _ in graph.edges[at]:
            offered[index] = offered.get(index, 0) + 1
    for choice, move in zip(scene.choices, place.moves, strict=True):
        if choice.index not in offered:
            fault = f"{quoted(choice.text)} is never offered{why_never(graph, choice, move, here)}."
            mend = "Mend its condition, or take it out."
            problems.add("P405", choice.where, fault, mend, graph.play_to(here[0]))
        else:
            always_true(graph, choice, move, here, problems)
            idle_once(graph, choice, move, here, problems)


def why_never(graph: Graph, choice: Choice, move: Move, here: list[int]) -> str:
    """The condition that never holds, or that no state meets them all."""
    for condition, clause in zip(choice.conditions, move.clauses, strict=True):
        if not any(clause.holds(graph.states[at]) for at in here):
            return f": {quoted(condition.text)} is always {'true' if condition.unless else 'false'} here"
    return ": its conditions never hold together" if choice.conditions else ""


def always_true(graph: Graph, choice: Choice, move: Move, here: list[int], problems: Problems) -> None:
    for condition, clause in zip(choice.conditions, move.clauses, strict=True):
        if all(clause.holds(graph.states[at]) for at in here):
            fault = f"{quoted(condition.text)} is always {told_as(condition)} here."
            mend = "Take the condition out, or mend it."
            problems.add("P406", condition.where, fault, mend, graph.play_to(here[0]))


def idle_once(graph: Graph, choice: Choice, move: Move, here: list[int], problems: Problems) -> None:
    if choice.once and not any(graph.states[at] & move.spent for at in here):
        fault = f"No play comes back to {quoted(choice.text)} after taking it."
        problems.add("P415", choice.where, fault, "Take Once out.", graph.play_to(here[0]))


def find_in_routes(graph: Graph, scene: Scene, place: Place, here: list[int], problems: Problems) -> None:
    taken = {edge[0] for at in here for edge in graph.edges[at]}
    for number, (route, move) in enumerate(zip(scene.routes, place.routes, strict=True), 1):
        asked = [at for at in here if not graph.edges[at] or graph.edges[at][0][0] >= number]
        if route.condition is None:
            continue
        always = asked and all(move.clauses[0].holds(graph.states[at]) for at in asked)
        if always and number < len(place.routes):
            fault = f"{quoted(route.condition.text)} is always {told_as(route.condition)} here."
            mend = "Mend it, or keep this route only."
            problems.add("P406", route.where, fault, mend, graph.play_to(here[0]))
            return
        if move.index not in taken:
            fault = f"The route {quoted(route.text)} is never taken."
            mend = "Mend its condition, or take it out."
            problems.add("P407", route.where, fault, mend, graph.play_to(here[0]))


def told_as(condition: Condition) -> str:
    return "false" if condition.unless else "true"
