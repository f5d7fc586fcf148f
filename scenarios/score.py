"""The score by regret: what each reply cost of what could still be earned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scenarios.machine import SCENE_MASK, Move
from scenarios.play import Play, Step, lines_along

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scenarios.compiled import Compiled
    from scenarios.document import Line
    from scenarios.scenario import Ending, Scenario, Scene

Band = Literal["strong", "fair", "weak"]


@dataclass(frozen=True, slots=True)
class Bands:
    """How many decisions were strong, fair and weak."""

    strong: int = 0
    fair: int = 0
    weak: int = 0

    def and_one(self, band: Band) -> Bands:
        return Bands(
            self.strong + (band == "strong"), self.fair + (band == "fair"), self.weak + (band == "weak")
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """One turn judged. `cost` is what it lost of the best total; a turn with one reply is no decision.

    `best_reply` is the text of a reply that costs nothing there, `best_follows` the lines after it.
    """

    turn: int
    scene: str
    said: str | None
    cost: int
    band: Band
    is_decision: bool
    best_reply: str
    best_follows: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """`percent` is unrounded, `shown` whole (half up). `skills`: bands over the decisions where the
    replies on offer differ in that skill. An unfinished play has no ending and has not passed.
    """

    percent: float
    shown: int
    passed: bool
    ending: Ending | None
    earned: int
    best: int
    decisions: tuple[Decision, ...]
    bands: Bands
    skills: Mapping[str, Bands]


def score(play: Play) -> Score:
    """Judge a play. The costs add up exactly to best − (earned + what can still be earned)."""
    compiled = play.compiled
    earned = sum(move.points for move, _, _ in play.steps)
    counted = max(0, earned)
    decisions = decisions_of(play)
    bands = Bands()
    skills = dict.fromkeys(compiled.scenario.skills, Bands())
    for decision, step in zip(decisions, play.steps, strict=True):
        if decision.is_decision:
            bands = bands.and_one(decision.band)
            for skill in differing_skills(compiled, step):
                skills[skill] = skills[skill].and_one(decision.band)
    return Score(
        percent=100 * counted / compiled.best,
        shown=(200 * counted + compiled.best) // (2 * compiled.best),
        passed=has_passed(compiled.scenario, earned, compiled.best, play.ending),
        ending=play.ending,
        earned=earned,
        best=compiled.best,
        decisions=decisions,
        bands=bands,
        skills=skills,
    )


def decisions_of(play: Play) -> tuple[Decision, ...]:
    """Each turn judged, where the rest of a score is not asked for."""
    return tuple(judge(play.compiled, number, step) for number, step in enumerate(play.steps, 1))


def last_decision(play: Play) -> Decision:
    """The newest turn judged: the last of `score(play).decisions`. The play has one."""
    return judge(play.compiled, len(play.steps), play.steps[-1])


def has_passed(scenario: Scenario, earned: int, best: int, ending: Ending | None) -> bool:
    """Whether the unrounded score reaches the mark and the ending is good enough."""
    if ending is None or ending.outcome not in scenario.passing:
        return False
    return 100 * max(0, earned) >= scenario.pass_mark * best


def judge(compiled: Compiled, number: int, step: Step) -> Decision:
    move, before, after = step
    scene = compiled.scenario.scenes[before & SCENE_MASK]
    offered = offered_moves(compiled, before)
    cost = cost_of(compiled, move, before)
    best = min(offered, key=lambda one: cost_of(compiled, one, before))
    best_choice = scene.choices[best.index - 1]
    return Decision(
        turn=number,
        scene=scene.slug,
        said=scene.choices[move.index - 1].text if move.index else None,
        cost=cost,
        band=band_of(cost, compiled.best, doomed=compiled.reduce(after) in compiled.doomed),
        is_decision=len(offered) > 1,
        best_reply=best_choice.text,
        best_follows=best_choice.reaction + lines_along(compiled, best.apply(before)),
    )


def offered_moves(compiled: Compiled, state: int) -> list[Move]:
    return [move for move in compiled.machine.places[state & SCENE_MASK].moves if move.offered(state)]


def cost_of(compiled: Compiled, move: Move, before: int) -> int:
    """V(s) − (points + V(next)): zero for every best reply, never negative for a reply."""
    beyond = compiled.values[compiled.reduce(move.apply(before))]
    return compiled.values[compiled.reduce(before)] - move.points - beyond


def band_of(cost: int, best: int, *, doomed: bool) -> Band:
    """Strong costs nothing; fair at most max(1, 15 % of the best) and does not leave only failure."""
    if cost <= 0:
        return "strong"
    return "fair" if 100 * cost <= max(100, 15 * best) and not doomed else "weak"


def differing_skills(compiled: Compiled, step: Step) -> list[str]:
    """The skills in which the replies on offer differ."""
    before = step[1]
    scene: Scene = compiled.scenario.scenes[before & SCENE_MASK]
    points = [dict(scene.choices[move.index - 1].points) for move in offered_moves(compiled, before)]
    return [skill for skill in compiled.scenario.skills if len({one.get(skill, 0) for one in points}) > 1]
