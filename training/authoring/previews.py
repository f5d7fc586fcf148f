"""What a learner will see of a draft, made of its build as pages are made of published ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from scenarios import Line, Scenario, Scene, Weight, weigh_everywhere
from training.library.builds import Build, HtmlLine, ScenarioBuild, read_build
from training.library.models import Kind

TEMPER = "temper"
MOST_WEIGHED = 30_000
_STORY = ("narration", "speech")


@dataclass(frozen=True)
class Caller:
    """The customer as the stage names them."""

    name: str
    trade: str
    portrait: str


@dataclass(frozen=True)
class ReplySeen:
    """A reply with what only its author sees: what it costs at best, and where it leads."""

    index: int
    text: Markup
    weight: Weight | None
    leads_to: str
    leads_to_title: str


@dataclass(frozen=True)
class SceneSeen:
    """One scene as on a phone, entered with the meters of the start."""

    slug: str
    title: str
    caller: Caller
    temper: int | None
    temper_high: int
    lines: tuple[HtmlLine, ...]
    replies: tuple[ReplySeen, ...]
    routes: tuple[tuple[str, str, str], ...]
    outcome: str
    ending: Markup | None
    hint: Markup | None


@dataclass(frozen=True)
class Preview:
    """A build that can be shown; `scene` is the one looked at, for a call. `version`: of which save."""

    build: Build
    version: int
    scene: SceneSeen | None

    @property
    def language(self) -> str:
        if isinstance(self.build, ScenarioBuild):
            return self.build.compiled.scenario.language
        return self.build.language


def open_preview(kind: Kind, body: str, version: int, scene: str) -> Preview | None:
    """The preview of a build's body; None where there is none, or where another release made it."""
    try:
        build = read_build(kind, 0, body)
    except (ValueError, KeyError):
        return None
    seen = scene_seen(build, scene) if isinstance(build, ScenarioBuild) else None
    return Preview(build, version, seen)


def caller_of(scenario: Scenario) -> Caller:
    name, _comma, trade = scenario.customer.partition(",")
    return Caller(name.strip(), trade.strip(), scenario.portrait or scenario.speaker.lower())


def scene_seen(build: ScenarioBuild, slug: str) -> SceneSeen:
    """The scene of that address, or the first one."""
    scenario = build.compiled.scenario
    scene = next((one for one in scenario.scenes if one.slug == slug), scenario.scenes[0])
    temper = next((meter for meter in scenario.meters if meter.name == TEMPER), None)
    ending = scene.ending
    return SceneSeen(
        slug=scene.slug,
        title=scene.title,
        caller=caller_of(scenario),
        temper=temper.start if temper else None,
        temper_high=temper.most if temper else 0,
        lines=story(build, scene.lines),
        replies=_replies(build, scene),
        routes=_ways(scenario, scene),
        outcome=ending.outcome if ending else "",
        ending=build.inline(ending.text) if ending and ending.text else None,
        hint=build.html(scene.hint) if scene.hint else None,
    )


def story(build: ScenarioBuild, lines: tuple[Line, ...]) -> tuple[HtmlLine, ...]:
    """What is said aloud and what is seen, as a call's page shows it."""
    return tuple(
        HtmlLine(line.kind, line.speaker, build.html(line.text)) for line in lines if line.kind in _STORY
    )


def _replies(build: ScenarioBuild, scene: Scene) -> tuple[ReplySeen, ...]:
    weights: Mapping[tuple[str, int], Weight] = {}
    if len(build.compiled.values) <= MOST_WEIGHED:
        weights = weigh_everywhere(build.compiled)
    scenario = build.compiled.scenario
    return tuple(
        ReplySeen(
            choice.index,
            build.inline(choice.text),
            weights.get((scene.slug, choice.index)),
            choice.target,
            scenario.scene(choice.target).title,
        )
        for choice in scene.choices
    )


def _ways(scenario: Scenario, scene: Scene) -> tuple[tuple[str, str, str], ...]:
    """(condition, address, title) of each route."""
    return tuple(
        (route.condition.text if route.condition else "", route.target, scenario.scene(route.target).title)
        for route in scene.routes
    )
