"""What the proof of a call says, told to whoever wrote it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scenarios import Proof, best_choices, choose, start
from training.authoring.previews import story
from training.authoring.scene_map import SceneMap, scene_map
from training.library.builds import HtmlLine, ScenarioBuild

ROBOTS = ("first", "last", "longest", "shortest")


@dataclass(frozen=True)
class EndingMet:
    """An ending, and how many of a hundred random clickers meet it. `percent` is exact; pages round it."""

    slug: str
    title: str
    outcome: str
    percent: float


@dataclass(frozen=True)
class RobotRun:
    """What always taking the first, last, longest or shortest reply comes to."""

    name: str
    shown: int
    passed: bool
    ending: str


@dataclass(frozen=True)
class ProofPage:
    """`best` is the best call from beginning to end; `play` is its address as places among the replies."""

    proof: Proof
    pass_mark: int
    luck: float
    endings: tuple[EndingMet, ...]
    robots: tuple[RobotRun, ...]
    best: tuple[HtmlLine, ...]
    play: str
    map: SceneMap
    language: str


def proof_page(build: ScenarioBuild, proof: Proof) -> ProofPage:
    """The page of a call that was proved without an error."""
    scenario = build.compiled.scenario
    titles = {scene.slug: scene.title for scene in scenario.scenes}
    lines, play = _best(build)
    return ProofPage(
        proof=proof,
        pass_mark=scenario.pass_mark,
        luck=100 * proof.pass_by_luck,
        endings=tuple(
            EndingMet(scene.slug, scene.title, scene.ending.outcome, 100 * proof.endings.get(scene.slug, 0.0))
            for scene in scenario.scenes
            if scene.ending
        ),
        robots=tuple(
            RobotRun(name, run.score, run.passed, titles.get(run.ending or "", ""))
            for name in ROBOTS
            if (run := proof.robots.get(name)) is not None
        ),
        best=lines,
        play=play,
        map=scene_map(build.compiled),
        language=scenario.language,
    )


def _best(build: ScenarioBuild) -> tuple[tuple[HtmlLine, ...], str]:
    play = start(build.compiled)
    lines = list(story(build, play.opening))
    places: list[int] = []
    for index in best_choices(play):
        places.append([offer.index for offer in play.offers].index(index) + 1)
        play = choose(play, index)
        turn = play.turns[-1]
        lines.append(HtmlLine("you", "", build.inline(turn.said or "")))
        lines += [*story(build, turn.reaction), *story(build, turn.followed)]
    if play.ending is not None and play.ending.text:
        lines.append(HtmlLine("narration", "", Markup("<p>{}</p>").format(build.inline(play.ending.text))))
    return tuple(lines), ",".join(map(str, places))
