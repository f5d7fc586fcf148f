"""The compiled form: a scenario with the best total from every state, so that scoring needs no search."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from scenarios.best_call import best_call
from scenarios.codec import from_plain, to_plain
from scenarios.graph import Graph, explore
from scenarios.machine import SCENE_MASK, Machine
from scenarios.scenario import Scenario
from scenarios.structure import structure_key
from scenarios.values import Totals, best_totals, reaching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scenarios.document import Line

FORMAT = 1


class UnprovableError(ValueError):
    """The scenario has an error that the proof names, so that it has no best total to score by."""


@dataclass(frozen=True)
class Compiled:
    """`values` maps each state (reduced) to the most that can still be earned; `doomed` are the states
    that leave only failure. `best` is the value of the start, `usual_length` the decisions of the best call.
    """

    scenario: Scenario
    key: str
    best: int
    usual_length: int
    values: dict[int, int]
    doomed: frozenset[int]

    @cached_property
    def machine(self) -> Machine:
        return Machine(self.scenario)

    def reduce(self, state: int) -> int:
        """The state under which `values` knows this one."""
        return state & self.machine.live[state & SCENE_MASK]

    def to_json(self) -> str:
        form = {
            "format": FORMAT,
            "key": self.key,
            "best": self.best,
            "usual_length": self.usual_length,
            "values": sorted(self.values.items()),
            "doomed": sorted(self.doomed),
            "scenario": to_plain(self.scenario),
        }
        return json.dumps(form, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Compiled:
        """Read what `to_json` wrote; ValueError when its format is another one."""
        form = json.loads(text)
        if form["format"] != FORMAT:
            raise ValueError(f"The compiled form has format {form['format']}; this engine reads {FORMAT}.")
        return cls(
            from_plain(Scenario, form["scenario"]),
            form["key"],
            form["best"],
            form["usual_length"],
            dict(form["values"]),
            frozenset(form["doomed"]),
        )

    def texts(self) -> tuple[str, ...]:
        """Every distinct piece of Markdown that a page may show, in the order of the file."""
        return tuple(dict.fromkeys(text for text in texts_of(self.scenario) if text))


def texts_of(scenario: Scenario) -> Iterator[str]:
    yield from (scenario.summary, scenario.warning, *scenario.facts)
    yield from texts(scenario.briefing)
    for scene in scenario.scenes:
        yield from texts(scene.lines)
        for choice in scene.choices:
            yield choice.text
            yield from texts((*choice.reaction, *choice.thoughts, *choice.coaching))
        yield from (route.text for route in scene.routes)
        yield scene.timer.text if scene.timer else ""
        yield scene.ending.text if scene.ending else ""
        yield scene.hint or ""
    yield from (term.meaning for term in scenario.glossary)


def texts(lines: tuple[Line, ...]) -> Iterator[str]:
    return (line.text for line in lines)


def compile_scenario(scenario: Scenario) -> Compiled:
    """The compiled form of a scenario that proves; `UnprovableError` for any other."""
    graph = explore(Machine(scenario))
    values = best_totals(graph)
    if not graph.complete or values.loop or graph.route_cycle >= 0:
        raise UnprovableError("The scenario loops or is too big: run prove to see where.")
    return assemble(graph, values.totals)


def assemble(graph: Graph, totals: Totals) -> Compiled:
    """The compiled form from a finished search; `UnprovableError` where a state has no way to an ending."""
    best = totals[0]
    if best is None or best <= 0 or any(total is None for total in totals):
        raise UnprovableError("The scenario has a trap, or no points to earn: run prove to see where.")
    scenario = graph.machine.scenario
    hopeful = reaching(graph, lambda at: ends_well(graph, at), silence=True)
    doomed = frozenset(state for state, hope in zip(graph.states, hopeful, strict=True) if not hope)
    values = {state: total for state, total in zip(graph.states, totals, strict=True) if total is not None}
    return Compiled(
        scenario, structure_key(scenario), best, best_call(graph, totals).decisions, values, doomed
    )


def ends_well(graph: Graph, at: int) -> bool:
    ending = graph.machine.scenario.scenes[graph.scene(at)].ending
    return ending is not None and ending.outcome != "failure"
