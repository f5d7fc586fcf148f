"""What the search proves to be wrong, each with the shortest play that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.diagnostics import Problems, quoted
from scenarios.machine import METER_BITS, METER_MASK, SCENE_BITS
from scenarios.unused import find_unused
from scenarios.values import Values, best_totals, reaching

if TYPE_CHECKING:
    from scenarios.graph import Graph
    from scenarios.scenario import Scenario, Scene


def find_faults(graph: Graph, values: Values, problems: Problems) -> None:
    """Report every P diagnostic. A search that ran out of budget says so, and no more."""
    if not graph.complete:
        too_big(graph, problems)
        return
    if graph.route_cycle >= 0:
        route_cycle(graph, problems)
        return
    stuck = find_stuck(graph, problems)
    find_traps(graph, stuck, problems)
    if values.loop:
        points_for_ever(graph, values, problems)
    find_unused(graph, problems)
    if not problems.stop:
        find_scoring(graph, values, problems)


def scene_at(graph: Graph, at: int) -> Scene:
    return graph.machine.scenario.scenes[graph.scene(at)]


def too_big(graph: Graph, problems: Problems) -> None:
    """The honest verdict, with the meter that multiplies the states most."""
    count = len(graph.states)
    mend = simplification(graph)
    fault = f"The scenario has more states than can be searched: {count:,} were, and there are more."
    problems.add("P412", (1, 1), fault, mend)


def simplification(graph: Graph) -> str:
    scenario: Scenario = graph.machine.scenario
    best, least = "", len(graph.states)
    for number, meter in enumerate(scenario.meters):
        mask = ~(METER_MASK << (SCENE_BITS + METER_BITS * number))
        left = len({state & mask for state in graph.states})
        if left < least:
            best, least = meter.name, left
    if not best:
        return "Let fewer choices be marked Once, or let conditions read fewer flags."
    return f'Give the meter "{best}" a smaller range, or let fewer conditions read it.'


def route_cycle(graph: Graph, problems: Problems) -> None:
    at = graph.route_cycle
    scene = scene_at(graph, at)
    mend = "Let one of its routes lead to a scene with choices."
    fault = f"From {quoted(scene.title)} routes lead round and round, and no reply is ever asked for."
    problems.add("P409", scene.where, fault, mend, graph.play_to(at))


def find_stuck(graph: Graph, problems: Problems) -> set[int]:
    """States without a way on: no choice offered, no route fits."""
    stuck = {at for at, edges in enumerate(graph.edges) if not edges and not graph.is_end(at)}
    told: set[int] = set()
    for at in sorted(stuck):
        if graph.scene(at) in told:
            continue
        told.add(graph.scene(at))
        scene = scene_at(graph, at)
        if scene.routes:
            fault = f"No route of {quoted(scene.title)} fits{standing(graph, at)}."
            mend = "Add - Otherwise: [..](#..) as the last one."
            problems.add("P414", scene.where, fault, mend, graph.play_to(at))
        else:
            fault = f"{quoted(scene.title)} offers no choice{standing(graph, at)}."
            mend = "Keep one choice without a condition."
            problems.add("P401", scene.where, fault, mend, graph.play_to(at))
    return stuck


def standing(graph: Graph, at: int) -> str:
    """The meters and flags of a state that its scene can still read, in words."""
    machine, state = graph.machine, graph.states[at]
    live = machine.live[graph.scene(at)]
    said = [
        f"{name} is {machine.meter_value(state, name)}"
        for name, (shift, _) in machine.meters.items()
        if live >> shift & METER_MASK
    ]
    said += [name if state & bit else f"not {name}" for name, bit in machine.flags.items() if live & bit]
    return f" when {' and '.join(said)}" if said else ""


def find_traps(graph: Graph, stuck: set[int], problems: Problems) -> None:
    """States from which no ending can be reached any more, told where a play walks in."""
    hopeful = reaching(graph, lambda at: graph.is_end(at) or at in stuck, silence=False)
    told: set[int] = set()
    for at, hope in enumerate(hopeful):
        parent = graph.parents[at][0]
        walks_in = parent < 0 or hopeful[parent]
        if hope or not walks_in or graph.scene(at) in told:
            continue
        told.add(graph.scene(at))
        scene = scene_at(graph, at)
        fault = f"From {quoted(scene.title)} no ending can be reached any more{standing(graph, at)}."
        mend = "Give it, or a scene after it, a choice that leads on."
        problems.add("P402", scene.where, fault, mend, graph.play_to(at))


def points_for_ever(graph: Graph, values: Values, problems: Problems) -> None:
    first = min(values.loop)
    scene = scene_at(graph, first)
    titles = dict.fromkeys(scene_at(graph, at).title for at in sorted(values.loop))
    way = " → ".join([*titles, scene.title])
    mend = "Mark the choice that goes back as Once, or take its points away."
    fault = f"Going round {quoted(way, 120)} earns points for ever."
    problems.add("P408", scene.where, fault, mend, graph.play_to(first))


def find_scoring(graph: Graph, values: Values, problems: Problems) -> None:
    best = values.totals[0]
    first = graph.machine.scenario.scenes[0]
    if best is None or best <= 0:
        mend = "Let the good replies earn their skills, like Restrain +2."
        problems.add("P413", first.where, f"The best call earns {best} points; nothing can be scored.", mend)
        return
    find_loud_silence(graph, values, problems)
    find_pass(graph, best, problems)


def find_loud_silence(graph: Graph, values: Values, problems: Problems) -> None:
    told: set[int] = set()
    for at, silence in enumerate(graph.silences):
        here = values.totals[at]
        beyond = values.totals[silence] if silence >= 0 else None
        if here is None or beyond is None or beyond <= here or graph.scene(at) in told:
            continue
        told.add(graph.scene(at))
        scene = scene_at(graph, at)
        where = scene.timer.where if scene.timer else scene.where
        when = standing(graph, at)
        fault = f"Saying nothing leads to {beyond} points, and the best reply only to {here}{when}."
        mend = "Let silence lead to a worse scene, or a reply to a better one."
        problems.add("P410", where, fault, mend, graph.play_to(at))


def find_pass(graph: Graph, best: int, problems: Problems) -> None:
    """The most that a play earns which comes to an ending good enough must reach the mark."""
    scenario = graph.machine.scenario
    reached = best_totals(graph, lambda at: passes(graph, at))
    most = reached.totals[0]
    if most is not None and 100 * max(0, most) >= scenario.pass_mark * best:
        return
    what = (
        "No play comes to an ending that passes"
        if most is None
        else f"An ending that passes earns {most} of {best} at most"
    )
    mend = "Lower `pass`, or let a better ending earn more."
    problems.add("P411", (1, 1), f"{what}, and passing takes {scenario.pass_mark} %.", mend)


def passes(graph: Graph, at: int) -> bool:
    ending = scene_at(graph, at).ending
    return ending is not None and ending.outcome in graph.machine.scenario.passing
