"""What changed from one revision to another: its meaning for a call, its lines for anything else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scenarios import Change, Scenario, compare, read_scenario
from training.authoring.merging import Region, compare_three
from training.library.models import Kind

KINDS = ("wording", "routing", "scoring")


@dataclass(frozen=True)
class SceneChanges:
    """The changes of one scene; "" is the call as a whole."""

    scene: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Difference:
    """`scenes` for calls whose two texts could both be read, `regions` (the changed lines) for everything."""

    scenes: tuple[SceneChanges, ...]
    has_meaning: bool
    regions: tuple[Region, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Which of wording, routing and scoring changed."""
        there = {change.kind for scene in self.scenes for change in scene.changes}
        return tuple(kind for kind in KINDS if kind in there)


def difference(kind: Kind, old: str, new: str) -> Difference:
    """From text to text. A call is read without a catalogue: its skills may be gone by now."""
    regions = tuple(region for region in compare_three(old, old, new) if region.who != "nobody")
    if kind is not Kind.SCENARIO:
        return Difference((), False, regions)
    before, after = _read(old), _read(new)
    if before is None or after is None:
        return Difference((), False, regions)
    return Difference(tuple(_by_scene(compare(before, after))), True, regions)


def scenes_of(text: str) -> list[tuple[str, str]]:
    """The scenes of a call in which something is decided: (address, title)."""
    read = _read(text)
    return [(scene.slug, scene.title) for scene in read.scenes if scene.choices] if read else []


def _read(text: str) -> Scenario | None:
    """The shape alone: nothing is proved for a comparison."""
    return read_scenario(text, budget=1).scenario if text else None


def _by_scene(changes: Iterable[Change]) -> list[SceneChanges]:
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.scene, []).append(change)
    return [SceneChanges(scene, tuple(held)) for scene, held in found.items()]
