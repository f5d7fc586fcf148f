"""The whole proof of a scenario: every state searched, every number that follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scenarios.backward import count_plays, longest_play, shortest_play
from scenarios.best_call import best_call
from scenarios.clicker import Outcomes, click_at_random
from scenarios.compiled import Compiled, assemble
from scenarios.diagnostics import Diagnostic, Problems, in_reading_order
from scenarios.faults import find_faults
from scenarios.graph import BUDGET, Graph, explore
from scenarios.machine import Machine
from scenarios.robots import Robot, run_robots
from scenarios.score import has_passed
from scenarios.values import Values, best_totals, worst_totals

if TYPE_CHECKING:
    from scenarios.scenario import Scenario


@dataclass(frozen=True)
class Proof:
    """What is true of every play. `worst` and `longest` are None where a play can go on for ever.

    `pass_by_luck` is the chance that random clicking passes, `expected` what it earns on average,
    `endings` the chance of each by slug, `unsettled` the chance of a call too long to follow. Figures
    stay at their defaults where an error leaves them without meaning.
    """

    states: int
    complete: bool
    best: int = 0
    worst: int | None = None
    pass_by_luck: float = 0.0
    expected: float = 0.0
    unsettled: float = 0.0
    endings: dict[str, float] = field(default_factory=dict)
    robots: dict[str, Robot] = field(default_factory=dict)
    shortest: int | None = None
    longest: int | None = None
    decisions: int = 0
    plays: int | None = None
    plays_with_silence: int | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        return not any(one.severity == "error" for one in self.diagnostics)

    def to_json(self) -> dict[str, object]:
        return {
            "states": self.states,
            "complete": self.complete,
            "best": self.best,
            "worst": self.worst,
            "pass_by_luck": self.pass_by_luck,
            "expected": self.expected,
            "unsettled": self.unsettled,
            "endings": self.endings,
            "robots": {
                name: {"score": one.score, "passed": one.passed, "ending": one.ending}
                for name, one in self.robots.items()
            },
            "shortest": self.shortest,
            "longest": self.longest,
            "decisions": self.decisions,
            "plays": self.plays,
            "plays_with_silence": self.plays_with_silence,
        }


@dataclass
class Work:
    """A proof with what it was made from, for those who look further."""

    proof: Proof
    graph: Graph
    values: Values
    compiled: Compiled | None = None


def prove(scenario: Scenario | Compiled, *, budget: int = BUDGET, path: str = "<text>") -> Proof:
    """Search every state of a scenario and say what is true of all plays. Never raises."""
    of = scenario.scenario if isinstance(scenario, Compiled) else scenario
    return prove_fully(of, Problems(path), budget).proof


def prove_fully(scenario: Scenario, problems: Problems, budget: int = BUDGET) -> Work:
    graph = explore(Machine(scenario), budget)
    values = best_totals(graph) if graph.complete else Values([])
    mine = Problems(problems.path)
    find_faults(graph, values, mine)
    problems.found += mine.found
    found = in_reading_order(mine.found)
    if mine.stop:
        return Work(Proof(len(graph.states), graph.complete, diagnostics=found), graph, values)
    compiled = assemble(graph, values.totals)
    return Work(figures(graph, values, compiled, found, 10 * budget), graph, values, compiled)


def figures(
    graph: Graph, values: Values, compiled: Compiled, found: tuple[Diagnostic, ...], most_pushes: int
) -> Proof:
    clicks = click_at_random(graph, most_pushes)
    worst = worst_totals(graph)
    return Proof(
        states=len(graph.states),
        complete=True,
        best=compiled.best,
        worst=None if worst.loop else worst.totals[0],
        pass_by_luck=luck(graph, clicks, compiled.best),
        expected=clicks.mean,
        unsettled=clicks.unsettled,
        endings=by_ending(graph, clicks),
        robots=run_robots(graph, compiled.best),
        shortest=shortest_play(graph),
        longest=longest_play(graph),
        decisions=best_call(graph, values.totals).decisions,
        plays=count_plays(graph, silence=False),
        plays_with_silence=count_plays(graph, silence=True),
        diagnostics=found,
    )


def luck(graph: Graph, clicks: Outcomes, best: int) -> float:
    scenario = graph.machine.scenario
    return sum(
        mass
        for (at, earned), mass in clicks.ends.items()
        if has_passed(scenario, earned, best, scenario.scenes[graph.scene(at)].ending)
    )


def by_ending(graph: Graph, clicks: Outcomes) -> dict[str, float]:
    """The chance of every ending, the ones that only silence leads to at nothing."""
    chances = {scene.slug: 0.0 for scene in graph.machine.scenario.scenes if scene.ending}
    for (at, _), mass in clicks.ends.items():
        chances[graph.machine.scenario.scenes[graph.scene(at)].slug] += mass
    return chances
