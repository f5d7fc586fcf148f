"""What stands out in a scene, and what its author might do about it. Pure: marks, no figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from scenarios import Scene
from training.fives import FIVE, whole_fives
from training.hindsight.figures import SceneFigures

# Fewer people than this, and that nobody took one of four replies may well be chance.
ENOUGH_FOR_NEVER, ENOUGH_FOR_ALWAYS = 15, 10
LOOPS_FROM = 20


class Mark(StrEnum):
    """NEVER: nobody who could take it did. ALWAYS: everybody did. OTHER: people who do well elsewhere mostly
    say it here, and it costs. LOOPS: many stand here again. LEFT: people left here for a week, or for good.
    """

    NEVER = "never"
    ALWAYS = "always"
    OTHER = "other"
    LOOPS = "loops"
    LEFT = "left"


@dataclass(frozen=True)
class Marked:
    """A mark at a reply (its authored index, 0 for silence), or at the scene as a whole (None)."""

    mark: Mark
    scene: str
    choice: int | None = None


def marks_of(scene: Scene, figures: SceneFigures | None, left: int) -> list[Marked]:
    """All that stands out in one scene, in the order in which an author should look at it."""
    found = list(_of_replies(scene, figures)) if figures is not None else []
    if figures is not None and figures.people >= ENOUGH_FOR_ALWAYS and figures.came_back >= LOOPS_FROM:
        found.append(Marked(Mark.LOOPS, scene.slug))
    if left:
        found.append(Marked(Mark.LEFT, scene.slug))
    return found


def _of_replies(scene: Scene, figures: SceneFigures) -> Iterator[Marked]:
    other = _strong_people_choose(figures)
    if other is not None:
        yield Marked(Mark.OTHER, scene.slug, other)
    said = Counter(one.choice for one in figures.people_here)
    for choice in scene.choices:
        could = sum(choice.index in one.offered for one in figures.people_here)
        if len(scene.choices) > 1 and said[choice.index] == figures.people >= ENOUGH_FOR_ALWAYS:
            yield Marked(Mark.ALWAYS, scene.slug, choice.index)
        elif not said[choice.index] and could >= ENOUGH_FOR_NEVER:
            yield Marked(Mark.NEVER, scene.slug, choice.index)


def _strong_people_choose(figures: SceneFigures) -> int | None:
    """The reply that costs, and that more than half of those take who say nothing weak elsewhere."""
    strong = whole_fives([one for one in figures.people_here if one.does_well])
    if len(strong) < FIVE or figures.people < ENOUGH_FOR_ALWAYS:
        return None
    costly = Counter(one.choice for one in strong if one.cost > 0)
    choice, count = next(iter(costly.most_common(1)), (0, 0))
    return choice if 2 * count > len(strong) else None
