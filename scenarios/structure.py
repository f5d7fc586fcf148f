"""The key of a scenario: what is left of it when only the wording is taken away."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.scenario import Choice, Condition, Scenario, Scene


def structure_key(scenario: Scenario) -> str:
    """A hash of structure and scoring alone: two texts that differ in wording only share it."""
    index = {scene.slug: at for at, scene in enumerate(scenario.scenes)}
    whole = [
        sorted(scenario.skills),
        [(meter.name, meter.start, meter.most) for meter in scenario.meters],
        sorted(scenario.flags),
        scenario.pass_mark,
        scenario.pass_ending,
        [shape_of(scene, index) for scene in scenario.scenes],
    ]
    return hashlib.sha256(json.dumps(whole).encode()).hexdigest()


def shape_of(scene: Scene, index: dict[str, int]) -> list[object]:
    """A scene as structure and scoring: where it leads, when, and for how many points."""
    return [
        [choice_shape(choice, index) for choice in scene.choices],
        [(index[route.target], condition_shape(route.condition)) for route in scene.routes],
        index[scene.timer.target] if scene.timer else None,
        scene.ending.outcome if scene.ending else None,
    ]


def choice_shape(choice: Choice, index: dict[str, int]) -> list[object]:
    return [
        index[choice.target],
        sorted(choice.points),
        sorted(choice.changes),
        sorted(choice.sets),
        sorted(choice.clears),
        [condition_shape(condition) for condition in choice.conditions],
        choice.once,
    ]


def condition_shape(condition: Condition | None) -> list[object] | None:
    if condition is None:
        return None
    tests = sorted((test.name, test.wanted, test.low, test.high) for test in condition.tests)
    return [condition.unless, *tests]
