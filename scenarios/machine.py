"""A scenario as numbers, so that search and play are a few bit operations a step.

A state is one int: bits 0–7 the scene, then 5 bits for each of 4 meters, 8 flags, and a bit for
each choice marked `Once`. `live[scene]` masks what some scene reachable from there can still read.
"""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.scenario import Choice, Condition, Scenario, Scene

SCENE_BITS, METER_BITS, MOST_METERS, FLAG_BITS = 8, 5, 4, 8
SCENE_MASK = (1 << SCENE_BITS) - 1
METER_MASK = (1 << METER_BITS) - 1
FIRST_FLAG = SCENE_BITS + METER_BITS * MOST_METERS
FIRST_ONCE = FIRST_FLAG + FLAG_BITS


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition: bits that must be on or off, and meters within bounds; or the opposite of it all."""

    on: int
    off: int
    ranges: tuple[tuple[int, int, int], ...]
    unless: bool

    def holds(self, state: int) -> bool:
        met = state & self.on == self.on and not state & self.off
        if met and self.ranges:
            met = all(low <= (state >> shift) & METER_MASK <= high for shift, low, high in self.ranges)
        return met != self.unless

    @property
    def reads(self) -> int:
        mask = self.on | self.off
        for shift, _, _ in self.ranges:
            mask |= METER_MASK << shift
        return mask


@dataclass(frozen=True, slots=True)
class Move:
    """A choice or a route: `target` and its effects. `points` are the skills' sum."""

    index: int
    target: int
    points: int
    clauses: tuple[Clause, ...]
    spent: int
    clear: int
    set: int
    changes: tuple[tuple[int, int, int], ...]

    def offered(self, state: int) -> bool:
        if self.spent & state:
            return False
        return all(clause.holds(state) for clause in self.clauses)

    def apply(self, state: int) -> int:
        """The state after this move: all effects at once, meters clamped, the target entered."""
        after = state & self.clear | self.set
        for shift, amount, most in self.changes:
            value = ((state >> shift) & METER_MASK) + amount
            after |= (0 if value < 0 else min(value, most)) << shift
        return after


@dataclass(frozen=True, slots=True)
class Place:
    """A scene: its moves in authored order, its routes, its silence (or None), and whether it ends."""

    moves: tuple[Move, ...]
    routes: tuple[Move, ...]
    silence: Move | None
    ends: bool
    reads: int


class Machine:
    """The moves of a scenario. Holds no state of a play."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.index = {scene.slug: at for at, scene in enumerate(scenario.scenes)}
        self.meters = {
            meter.name: (SCENE_BITS + METER_BITS * at, meter.most) for at, meter in enumerate(scenario.meters)
        }
        self.flags = {flag: 1 << (FIRST_FLAG + at) for at, flag in enumerate(scenario.flags)}
        self.once = self.once_bits()
        self.places = tuple(self.place(scene) for scene in scenario.scenes)
        self.live = self.live_masks()
        self.start = sum(meter.start << self.meters[meter.name][0] for meter in scenario.meters)

    def once_bits(self) -> dict[tuple[str, int], int]:
        marked = [
            (scene.slug, one.index) for scene in self.scenario.scenes for one in scene.choices if one.once
        ]
        return {key: 1 << (FIRST_ONCE + at) for at, key in enumerate(marked)}

    def place(self, scene: Scene) -> Place:
        moves = tuple(self.move(scene, choice) for choice in scene.choices)
        routes = tuple(
            self.plain(scene, at, route.target, (route.condition,) if route.condition else ())
            for at, route in enumerate(scene.routes, 1)
        )
        silence = self.plain(scene, 0, scene.timer.target, ()) if scene.timer else None
        reads = 0
        for move in moves + routes:
            reads |= move.spent
            for clause in move.clauses:
                reads |= clause.reads
        return Place(moves, routes, silence, scene.ending is not None, reads)

    def plain(self, scene: Scene, index: int, target: str, conditions: tuple[Condition, ...]) -> Move:
        """A route, or silence: it leads on and changes nothing."""
        choice = Choice(index, "", target, conditions=conditions)
        return self.move(scene, choice)

    def move(self, scene: Scene, choice: Choice) -> Move:
        kept = ~SCENE_MASK
        target = self.index[choice.target]
        switched = target
        spent = self.once.get((scene.slug, choice.index), 0) if choice.once else 0
        changes = tuple((*self.shifted(name), amount) for name, amount in choice.changes)
        for shift, _, _ in changes:
            kept &= ~(METER_MASK << shift)
        for flag in choice.sets:
            switched |= self.flags[flag]
        for flag in choice.clears:
            kept &= ~self.flags[flag]
        return Move(
            choice.index,
            target,
            choice.total,
            tuple(self.clause(condition) for condition in choice.conditions),
            spent,
            kept,
            switched | spent,
            tuple((shift, amount, most) for shift, most, amount in changes),
        )

    def shifted(self, meter: str) -> tuple[int, int]:
        return self.meters[meter]

    def clause(self, condition: Condition) -> Clause:
        on = off = 0
        ranges = []
        for test in condition.tests:
            if test.name in self.flags:
                bit = self.flags[test.name]
                on, off = (on | bit, off) if test.wanted else (on, off | bit)
            else:
                ranges.append((self.meters[test.name][0], test.low, test.high))
        return Clause(on, off, tuple(ranges), condition.unless)

    def live_masks(self) -> tuple[int, ...]:
        """For each scene, the bits that it or any scene reachable from it reads."""
        live = [place.reads | SCENE_MASK for place in self.places]
        targets = [self.targets(place) for place in self.places]
        changed = True
        while changed:
            changed = False
            for at in range(len(live) - 1, -1, -1):
                mask = live[at]
                for target in targets[at]:
                    mask |= live[target]
                if mask != live[at]:
                    live[at], changed = mask, True
        return tuple(live)

    def targets(self, place: Place) -> set[int]:
        silence = (place.silence,) if place.silence else ()
        return {move.target for move in (*place.moves, *place.routes, *silence)}

    def route_of(self, state: int) -> Move | None:
        """The route followed from a state, or None where no route fits (or there is none)."""
        for route in self.places[state & SCENE_MASK].routes:
            if route.offered(state):
                return route
        return None

    def meter_value(self, state: int, meter: str) -> int:
        return (state >> self.meters[meter][0]) & METER_MASK
