"""A play: a fold over choices. State is replayed from the steps, and nothing else is truth."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from scenarios.machine import SCENE_MASK, Move

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scenarios.compiled import Compiled
    from scenarios.document import Line
    from scenarios.scenario import Choice, Ending, Scene, Timer

Step = tuple[Move, int, int]


class NotOnOfferError(ValueError):
    """A choice that the scene does not offer in this state."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A reply on offer; `index` is the authored one, to be stored."""

    index: int
    choice: Choice


@dataclass(frozen=True, slots=True)
class Turn:
    """One step as it was lived. `said` is None for silence.

    `reaction`, `thoughts` and `coaching` stand under the choice: the story, the inner voice, the
    instruction. `followed` are all the lines of the scenes then entered, routes included.
    """

    number: int
    scene: str
    choice: int
    said: str | None
    reaction: tuple[Line, ...]
    thoughts: tuple[Line, ...]
    coaching: tuple[Line, ...]
    followed: tuple[Line, ...]
    before: Mapping[str, int]
    after: Mapping[str, int]


@dataclass(frozen=True)
class Play:
    """A play so far: `choices` are the steps' authored indices (0 is silence); the rest follows."""

    compiled: Compiled
    choices: tuple[int, ...]
    state: int
    steps: tuple[Step, ...]

    @cached_property
    def here(self) -> Scene:
        return self.compiled.scenario.scenes[self.state & SCENE_MASK]

    @property
    def scene(self) -> str:
        """The slug of the scene that the play stands in."""
        return self.here.slug

    @property
    def hint(self) -> str | None:
        return self.here.hint

    @cached_property
    def meters(self) -> Mapping[str, int]:
        return meters_of(self.compiled, self.state)

    @cached_property
    def flags(self) -> frozenset[str]:
        machine = self.compiled.machine
        return frozenset(flag for flag, bit in machine.flags.items() if self.state & bit)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """The replies on offer, in authored order."""
        moves = self.compiled.machine.places[self.state & SCENE_MASK].moves
        return tuple(
            Offer(move.index, choice)
            for move, choice in zip(moves, self.here.choices, strict=True)
            if move.offered(self.state)
        )

    @property
    def timer(self) -> Timer | None:
        return self.here.timer

    @property
    def ending(self) -> Ending | None:
        return self.here.ending

    @property
    def finished(self) -> bool:
        return self.here.ending is not None

    @cached_property
    def opening(self) -> tuple[Line, ...]:
        """The briefing and the lines of the scenes entered before the first reply."""
        scenario = self.compiled.scenario
        first = self.compiled.machine.start
        return scenario.briefing + lines_along(self.compiled, first)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        return tuple(turn_of(self.compiled, number, step) for number, step in enumerate(self.steps, 1))


def start(compiled: Compiled) -> Play:
    return Play(compiled, (), settle(compiled, compiled.machine.start), ())


def choose(play: Play, choice: int) -> Play:
    """The play after one more choice, an authored index of its scene or 0 for silence.

    `NotOnOfferError` when the scene does not offer it; nothing is offered after an ending, and
    silence only where the scene has a timer.
    """
    step = next_step(play.compiled, play.state, choice)
    return Play(play.compiled, (*play.choices, choice), step[2], (*play.steps, step))


def replay(compiled: Compiled, choices: Sequence[int]) -> Play:
    """The play of these choices from the start; `NotOnOfferError` as `choose`."""
    state = settle(compiled, compiled.machine.start)
    steps: list[Step] = []
    for choice in choices:
        step = next_step(compiled, state, choice)
        steps.append(step)
        state = step[2]
    return Play(compiled, tuple(choices), state, tuple(steps))


def next_step(compiled: Compiled, state: int, choice: int) -> Step:
    """(move, state before, state after with its routes followed)."""
    place = compiled.machine.places[state & SCENE_MASK]
    if choice == 0 and place.silence is not None:
        move = place.silence
    elif 1 <= choice <= len(place.moves) and place.moves[choice - 1].offered(state):
        move = place.moves[choice - 1]
    else:
        scene = compiled.scenario.scenes[state & SCENE_MASK]
        raise NotOnOfferError(f'"{scene.title}" does not offer choice {choice} here.')
    return move, state, settle(compiled, move.apply(state))


def settle(compiled: Compiled, state: int) -> int:
    """Follow routes until a menu or an ending."""
    machine = compiled.machine
    while machine.places[state & SCENE_MASK].routes:
        route = machine.route_of(state)
        if route is None:
            raise NotOnOfferError("No route fits here.")
        state = route.apply(state)
    return state


def lines_along(compiled: Compiled, state: int) -> tuple[Line, ...]:
    """The lines of the scene just entered, and of those that its routes lead to."""
    machine, scenes = compiled.machine, compiled.scenario.scenes
    lines = scenes[state & SCENE_MASK].lines
    while route := machine.route_of(state):
        state = route.apply(state)
        lines += scenes[state & SCENE_MASK].lines
    return lines


def meters_of(compiled: Compiled, state: int) -> Mapping[str, int]:
    machine = compiled.machine
    return {name: machine.meter_value(state, name) for name in machine.meters}


def turn_of(compiled: Compiled, number: int, step: Step) -> Turn:
    move, before, after = step
    scene = compiled.scenario.scenes[before & SCENE_MASK]
    choice = scene.choices[move.index - 1] if move.index else None
    return Turn(
        number=number,
        scene=scene.slug,
        choice=move.index,
        said=choice.text if choice else None,
        reaction=choice.reaction if choice else (),
        thoughts=choice.thoughts if choice else (),
        coaching=choice.coaching if choice else (),
        followed=lines_along(compiled, move.apply(before)),
        before=meters_of(compiled, before),
        after=meters_of(compiled, after),
    )


def shown_order(play: Play, seed: str) -> tuple[Offer, ...]:
    """The replies on offer as shown: by SHA-256(seed, scene, index), or as authored for `order: fixed`.

    A reply's place among the others depends on nothing else, so conditional ones never reorder the rest.
    """
    if play.compiled.scenario.order == "fixed":
        return play.offers
    return tuple(sorted(play.offers, key=lambda offer: digest(seed, play.scene, offer.index)))


def digest(seed: str, scene: str, index: int) -> bytes:
    return hashlib.sha256(f"{seed}\n{scene}\n{index}".encode()).digest()
