"""A stuck call is shown by a play that leads there, and no shorter one does."""

from __future__ import annotations

from random import Random

from scenarios.diagnostics import Problems
from scenarios.machine import SCENE_MASK, Machine
from scenarios.proof import prove_fully
from scenarios.reading import parse
from tests.scenarios.generated import generate
from tests.scenarios.writing import LONG

MANY = 300 if LONG else 60


def gated(seed: int) -> str:
    """A generated scenario where some scenes hide every choice in some states."""
    random = Random(seed)
    lines = []
    for line in generate(seed, scenes=6, meters=1, flags=1).split("\n"):
        lines.append(line)
        if line.startswith('- ["') and random.random() < 0.6:
            lines.append(f"  - If temper is {random.randint(1, 9)} or {random.choice(('more', 'less'))}")
    return "\n".join(lines)


def moves_from(machine: Machine, state: int) -> list[int]:
    """What each reply on offer leads to, and silence first where there is a timer, routes followed."""
    place = machine.places[state & SCENE_MASK]
    silence = [settled(machine, place.silence.apply(state))] if place.silence else []
    return silence + [settled(machine, move.apply(state)) for move in place.moves if move.offered(state)]


def settled(machine: Machine, state: int) -> int:
    while route := machine.route_of(state):
        state = route.apply(state)
    return state


def is_stuck(machine: Machine, state: int) -> bool:
    place = machine.places[state & SCENE_MASK]
    return not place.ends and not any(move.offered(state) for move in place.moves)


def fewest_replies(machine: Machine) -> int | None:
    """The fewest replies after which a call is stuck, found by plain search over whole states."""
    layer, seen, depth = {settled(machine, machine.start)}, set[int](), 0
    while layer:
        if any(is_stuck(machine, state) for state in layer):
            return depth
        seen |= layer
        layer = {after for state in layer for after in moves_from(machine, state)} - seen
        depth += 1
    return None


def walked(machine: Machine, picks: tuple[int, ...]) -> int:
    state = settled(machine, machine.start)
    for pick in picks:
        place = machine.places[state & SCENE_MASK]
        if pick == 0:
            assert place.silence is not None
            state = settled(machine, place.silence.apply(state))
        else:
            state = settled(
                machine, [move for move in place.moves if move.offered(state)][pick - 1].apply(state)
            )
    return state


def test_a_stuck_call_is_shown_by_the_shortest_play_there_is() -> None:
    shown = seed = 0
    while shown < MANY:
        seed += 1
        problems = Problems("call.md")
        _, scenario = parse(gated(seed), None, problems)
        if scenario is None:
            continue
        machine = Machine(scenario)
        prove_fully(scenario, problems)
        plays = [one.play for one in problems.found if one.code == "P401" and one.play is not None]
        fewest = fewest_replies(machine)
        assert bool(plays) == (fewest is not None), seed
        if plays:
            assert min(map(len, plays)) == fewest, seed
            assert all(is_stuck(machine, walked(machine, play)) for play in plays), seed
            shown += 1
