"""`map`: the scenes and the ways between them, as SVG or as Mermaid."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from scenarios.diagnostics import Problems
from scenarios.reading import parse
from scenarios.tools.files import catalogue_for, read_input, shown, write_output
from scenarios.tools.layout import GAP_X, GAP_Y, HEIGHT, WIDTH, Layout, lay_out, links_of

if TYPE_CHECKING:
    from argparse import Namespace

    from scenarios.scenario import Scenario, Scene

MARGIN = 24
STYLE = """
    .scene rect { fill: #fffdf8; stroke: #4a4438; stroke-width: 1.5; }
    .success rect { fill: #e3efe2; } .partial rect { fill: #f5ecd2; } .failure rect { fill: #f3dfda; }
    .routes rect { stroke-dasharray: 5 3; }
    text { font: 14px sans-serif; fill: #2b2720; text-anchor: middle; }
    .kind { font-size: 11px; }
    .way { fill: none; stroke: #6b6455; stroke-width: 1.4; }
    .back { stroke-dasharray: 3 4; }
    a:focus rect { stroke-width: 4; } a { text-decoration: none; outline: none; }
"""


def draw(options: Namespace) -> int:
    """Write the map of a scenario to `--output` or standard output."""
    path = options.file
    problems = Problems(shown(path))
    _, scenario = parse(read_input(path), catalogue_for(path, None), problems)
    if scenario is None:
        for one in problems.found:
            print(one)
        return 1
    chart = mermaid(scenario) if options.format == "mermaid" else svg(scenario, Path(path).name)
    if options.output:
        write_output(Path(options.output), chart)
    else:
        print(chart, end="")
    return 0


def mermaid(scenario: Scenario) -> str:
    """A Mermaid flow chart of the scenes."""
    lines = ["flowchart TD"]
    for at, scene in enumerate(scenario.scenes):
        title = scene.title.replace("#", "#35;").replace('"', "#quot;")
        left, right = ("([", "])") if scene.ending else ("{{", "}}") if scene.routes else ("[", "]")
        lines.append(f'    s{at}{left}"{title}"{right}')
    lines += [f"    s{source} --> s{target}" for source, target in links_of(scenario)]
    return "\n".join(lines) + "\n"


def svg(scenario: Scenario, name: str) -> str:
    """The map as one SVG: each scene a link to its heading in the file, in the order of the call."""
    layout = lay_out(scenario)
    shift = MARGIN - min(layout.x[at] - layout.half(at) for at in layout.x)
    for at in layout.x:
        layout.x[at] += shift
    width = MARGIN + max(layout.x[at] + layout.half(at) for at in layout.x)
    height = 2 * MARGIN + len(layout.layers) * (HEIGHT + GAP_Y) - GAP_Y
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}"',
        f'width="{width:.0f}" height="{height}" role="group" aria-labelledby="map-title">',
        f'<title id="map-title">The scenes of {escape(scenario.title)}</title>',
        f"<style>{STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"',
        'orient="auto"><path d="M0 0L8 4L0 8z" fill="#6b6455"/></marker></defs>',
    ]
    parts += [way(layout, points) for points in layout.onward]
    parts += [way_back(layout, source, target) for source, target in layout.back]
    for layer in layout.layers:
        parts += [box(layout, at, scenario.scenes[at], name) for at in layer if at < layout.scenes]
    return "\n".join([*parts, "</svg>", ""])


def top(layout: Layout, at: int) -> float:
    return MARGIN + layout.layer_of[at] * (HEIGHT + GAP_Y)


def way(layout: Layout, points: list[int]) -> str:
    """An arrow from the lower edge of a scene to the upper one of another, past the scenes between."""
    x, y = layout.x[points[0]], top(layout, points[0]) + HEIGHT
    curve = f"M{x:.1f} {y:.1f}"
    for at in points[1:]:
        to_x, to_y = layout.x[at], top(layout, at) - (2 if at == points[-1] else 0)
        middle = (y + to_y) / 2
        curve += f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}"
        x, y = to_x, to_y + HEIGHT
        if at != points[-1]:
            curve += f"V{y:.1f}"
    return f'<path class="way" d="{curve}" marker-end="url(#tip)"/>'


def way_back(layout: Layout, source: int, target: int) -> str:
    """An arrow to an earlier scene, or to the same one, round by the side."""
    x1, y1 = layout.x[source] + WIDTH / 2, top(layout, source) + HEIGHT / 3
    x2, y2 = layout.x[target] + WIDTH / 2 + 2, top(layout, target) + HEIGHT / 1.5
    out = max(x1, x2) + GAP_X
    curve = f"M{x1:.1f} {y1:.1f}C{out:.1f} {y1:.1f} {out:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    return f'<path class="way back" d="{curve}" marker-end="url(#tip)"/>'


def box(layout: Layout, at: int, scene: Scene, name: str) -> str:
    x, y = layout.x[at] - WIDTH / 2, top(layout, at)
    kind = scene.ending.outcome if scene.ending else "routes" if scene.routes else "menu"
    count = len(scene.choices)
    below = f"{count} {'reply' if count == 1 else 'replies'}" if kind == "menu" else kind
    words = textwrap.wrap(scene.title, 20, max_lines=2, placeholder=" …")
    first = y + (26 if len(words) == 1 else 18)
    spans = "".join(
        f'<text x="{x + WIDTH / 2:.1f}" y="{first + 15 * row:.1f}">{escape(line)}</text>'
        for row, line in enumerate(words)
    )
    label = quoteattr(f"{scene.title}: {below}")
    size = f'width="{WIDTH}" height="{HEIGHT}" rx="{24 if scene.ending else 6}"'
    return (
        f'<a class="scene {kind}" href={quoteattr(f"{name}#{scene.slug}")} aria-label={label}>'
        f'<rect x="{x:.1f}" y="{y:.1f}" {size}/>'
        f'{spans}<text class="kind" x="{x + WIDTH / 2:.1f}" y="{y + HEIGHT - 8:.1f}">{below}</text></a>'
    )
