"""The scenes of a call and the ways between them, laid out from left to right for a page to draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from scenarios import Compiled, Scene, Weight, weigh_everywhere
from scenarios.tools.layout import GAP_X, WIDTH, Layout, lay_out

MARGIN, BETWEEN = 16, 64
TALL = 50
# The engine lays calls out from top to bottom; its room across is our room down.
SCALE = (TALL + 18) / (WIDTH + GAP_X)
MOST_WEIGHED = 30_000
_RANK = {"": 0, "strong": 1, "fair": 2, "weak": 3}
LONGEST_NAME = 21


@dataclass(frozen=True)
class Box:
    """A scene. `kind`: menu, routes, or the kind of ending. `below` counts its replies."""

    slug: str
    title: str
    kind: str
    replies: int
    x: float
    y: float

    @property
    def name(self) -> str:
        return self.title if len(self.title) <= LONGEST_NAME else f"{self.title[: LONGEST_NAME - 1]}…"


@dataclass(frozen=True)
class Way:
    """An arrow between two scenes. `band` is the best of the replies that go there; empty for routes, silence
    and no proof. `x` and `y`: where a few words about it have room.
    """

    source: str
    target: str
    path: str
    band: str
    is_back: bool
    x: float
    y: float


@dataclass(frozen=True)
class SceneMap:
    """Boxes are `box_width` by `box_height`, their `x` and `y` the upper left corner."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    ways: tuple[Way, ...]
    is_weighed: bool
    box_width: int = WIDTH
    box_height: int = TALL


def scene_map(compiled: Compiled) -> SceneMap:
    """The map, its arrows coloured by what the replies cost where the proof knows."""
    layout = lay_out(compiled.scenario)
    is_weighed = 0 < len(compiled.values) <= MOST_WEIGHED
    weights = weigh_everywhere(compiled) if is_weighed else {}
    bands = _bands(compiled, weights)
    least = min(layout.x.values())
    place = _Places(layout, least)
    scenes = compiled.scenario.scenes
    boxes = tuple(_box(scene, *place.corner(at)) for at, scene in enumerate(scenes))
    onward = [((points[0], points[-1]), place.onward(points), place.onto(points)) for points in layout.onward]
    back = [(link, place.back(*link), place.round(*link)) for link in layout.back]
    ways = [
        Way(scenes[link[0]].slug, scenes[link[1]].slug, path, bands.get(link, ""), at >= len(onward), *words)
        for at, (link, path, words) in enumerate([*onward, *back])
    ]
    return SceneMap(*place.size(), boxes, tuple(ways), is_weighed)


def _bands(compiled: Compiled, weights: Mapping[tuple[str, int], Weight]) -> dict[tuple[int, int], str]:
    """By (scene, target): the band of the best reply that leads there."""
    index, found = compiled.machine.index, dict[tuple[int, int], str]()
    for at, scene in enumerate(compiled.scenario.scenes):
        for choice in scene.choices:
            weight = weights.get((scene.slug, choice.index))
            link = (at, index[choice.target])
            if weight is not None and (link not in found or _RANK[weight.band] < _RANK[found[link]]):
                found[link] = weight.band
    return found


def _box(scene: Scene, x: float, y: float) -> Box:
    kind = scene.ending.outcome if scene.ending else "routes" if scene.routes else "menu"
    return Box(scene.slug, scene.title, kind, len(scene.choices), round(x, 1), round(y, 1))


@dataclass(frozen=True)
class _Places:
    """Where the layout's points are on the page."""

    layout: Layout
    least: float

    def corner(self, at: int) -> tuple[float, float]:
        x = MARGIN + self.layout.layer_of[at] * (WIDTH + BETWEEN)
        return x, MARGIN + (self.layout.x[at] - self.least) * SCALE

    def middle(self, at: int) -> tuple[float, float]:
        """The left edge's middle."""
        x, y = self.corner(at)
        return x, y + TALL / 2

    def onward(self, points: list[int]) -> str:
        x, y = self.middle(points[0])
        x += WIDTH
        curve = f"M{x:.0f} {y:.0f}"
        for _before, at in pairwise(points):
            to_x, to_y = self.middle(at)
            half = (x + to_x) / 2
            curve += f"C{half:.0f} {y:.0f} {half:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}"
            x, y = to_x + WIDTH, to_y
            if at >= self.layout.scenes:  # a bend: straight on, past the scenes of its layer
                curve += f"H{x:.0f}"
        return curve

    def back(self, source: int, target: int) -> str:
        """Round below both, to an earlier scene or to the same one."""
        x1, y1 = self.corner(source)
        x2, y2 = self.corner(target)
        x1, x2 = x1 + WIDTH * 0.6, x2 + WIDTH * 0.4
        low = max(y1, y2) + TALL + 22
        return f"M{x1:.0f} {y1 + TALL:.0f}C{x1:.0f} {low:.0f} {x2:.0f} {low:.0f} {x2:.0f} {y2 + TALL:.0f}"

    def onto(self, points: list[int]) -> tuple[float, float]:
        """Just before where an arrow arrives: arrows leave a scene together and arrive apart."""
        x, y = self.middle(points[0])
        to_x, to_y = self.middle(points[1])
        along, across = _on_curve(0.7)
        return round(x + WIDTH + (to_x - x - WIDTH) * along, 1), round(y + (to_y - y) * across, 1)

    def round(self, source: int, target: int) -> tuple[float, float]:
        """Under both, half-way."""
        (x1, y1), (x2, y2) = self.corner(source), self.corner(target)
        low = max(y1, y2) + TALL + 22
        return round((x1 + WIDTH * 0.6 + x2 + WIDTH * 0.4) / 2, 1), round(low - 2, 1)

    def size(self) -> tuple[int, int]:
        corners = [self.corner(at) for at in range(self.layout.scenes)]
        width = max(x for x, _y in corners) + WIDTH + MARGIN
        height = max(y for _x, y in corners) + TALL + MARGIN + (20 if self.layout.back else 0)
        return round(width), round(height)


def _on_curve(t: float) -> tuple[float, float]:
    """How far along and across an arrow is at `t` of its curve, which is level at both ends."""
    return 1.5 * t * (1 - t) + t**3, 3 * t**2 - 2 * t**3
