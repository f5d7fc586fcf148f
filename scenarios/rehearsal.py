"""Playing what is not finished: from any scene, in any state, and without a proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scenarios.compiled import Compiled
from scenarios.machine import METER_MASK, SCENE_MASK
from scenarios.play import Play, settle
from scenarios.score import Band, band_of, cost_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from scenarios.machine import Machine, Move
    from scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Weight:
    """What a reply costs where it stands, and the band that follows."""

    cost: int
    band: Band


def without_proof(scenario: Scenario) -> Compiled:
    """A form that can be played and shown, though nothing is proved of it, so that nothing can be scored."""
    return Compiled(scenario, "", 0, 0, {}, frozenset())


def start_at(compiled: Compiled, scene: str, meters: Mapping[str, int], flags: Collection[str]) -> Play:
    """A play that stands in `scene` with these meters (clamped; others as at the start) and flags.

    KeyError for a scene, meter or flag that there is not; NotOnOfferError where no route fits.
    """
    machine = compiled.machine
    state = machine.start & ~SCENE_MASK | machine.index[scene]
    for name, value in meters.items():
        shift, most = machine.meters[name]
        state = state & ~(METER_MASK << shift) | max(0, min(value, most)) << shift
    for name in flags:
        state |= machine.flags[name]
    return Play(compiled, (), settle(compiled, state), ())


def weigh(play: Play) -> dict[int, Weight]:
    """What each reply on offer costs, by its authored index; nothing where the proof never came by."""
    machine = play.compiled.machine
    moves = machine.places[play.state & SCENE_MASK].moves
    return {
        offer.index: weight
        for offer in play.offers
        if (weight := _weight(play.compiled, moves[offer.index - 1], play.state)) is not None
    }


def weigh_everywhere(compiled: Compiled) -> dict[tuple[str, int], Weight]:
    """What each reply of each scene costs where it costs least, over every state that a play can be in."""
    machine, lightest = compiled.machine, dict[tuple[str, int], Weight]()
    for state in compiled.values:
        scene = compiled.scenario.scenes[state & SCENE_MASK].slug
        for move in _offered(machine, state):
            weight = _weight(compiled, move, state)
            known = lightest.get((scene, move.index))
            if weight is not None and (known is None or weight.cost < known.cost):
                lightest[scene, move.index] = weight
    return lightest


def best_choices(play: Play, most: int = 60) -> tuple[int, ...]:
    """Authored indices that cost nothing, from `play` to an ending: at most `most`, as far as was proved."""
    said: list[int] = []
    state = play.state
    while len(said) < most and (move := _free_move(play.compiled, state)) is not None:
        said.append(move.index)
        state = settle(play.compiled, move.apply(state))
    return tuple(said)


def _free_move(compiled: Compiled, state: int) -> Move | None:
    """A reply that costs nothing; of several, the one that leaves least to earn, so that loops are left."""
    free = [move for move in _offered(compiled.machine, state) if _is_free(compiled, move, state)]
    beyond = {move.index: compiled.values[compiled.reduce(move.apply(state))] for move in free}
    return min(free, key=lambda move: beyond[move.index], default=None)


def _offered(machine: Machine, state: int) -> list[Move]:
    return [move for move in machine.places[state & SCENE_MASK].moves if move.offered(state)]


def _is_free(compiled: Compiled, move: Move, state: int) -> bool:
    weight = _weight(compiled, move, state)
    return weight is not None and weight.cost == 0


def _weight(compiled: Compiled, move: Move, before: int) -> Weight | None:
    try:
        cost = cost_of(compiled, move, before)
    except KeyError:
        return None
    doomed = compiled.reduce(move.apply(before)) in compiled.doomed
    return Weight(cost, band_of(cost, compiled.best, doomed=doomed))
