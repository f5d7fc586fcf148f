"""A draft played to try it: by the engine alone, from any scene, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from scenarios import (
    NotOnOfferError,
    Play,
    Scenario,
    Turn,
    Weight,
    choose,
    score,
    start,
    start_at,
    weigh,
)
from training.authoring.previews import Caller, caller_of, story
from training.library.builds import HtmlLine, ScenarioBuild

LONGEST = 200


@dataclass(frozen=True)
class Wanted:
    """Where a play begins, and what is said in it: places among the replies on offer as authored, 0 silence.

    Without a `scene` it begins where the call does. `meters` and `flags` are those of the beginning.
    """

    scene: str = ""
    meters: tuple[tuple[str, int], ...] = ()
    flags: frozenset[str] = frozenset()
    said: tuple[int, ...] = ()

    def query(self, said: Iterable[int]) -> str:
        """The query of an address at which the play stands after `said`."""
        fields: list[tuple[str, str]] = [("scene", self.scene)] if self.scene else []
        fields += [(f"meter-{name}", str(value)) for name, value in self.meters]
        fields += [("flag", name) for name in sorted(self.flags)]
        spoken = ",".join(map(str, said))
        return urlencode([*fields, ("play", spoken)] if spoken else fields)


@dataclass(frozen=True)
class Spoken:
    """A turn that was played: what was said, what it cost where that is known, and the way back to it."""

    number: int
    text: Markup | None
    band: str
    cost: int
    query: str


@dataclass(frozen=True)
class Offered:
    """A reply that can be said now."""

    text: Markup
    weight: Weight | None
    query: str


@dataclass(frozen=True)
class PlayPage:
    """`lost` is how many of the wanted replies could not be said any more: the text has changed since."""

    scene: str
    scene_title: str
    caller: Caller
    language: str
    meters: tuple[tuple[str, int, int], ...]
    flags: tuple[tuple[str, bool], ...]
    past: tuple[HtmlLine, ...]
    now: tuple[HtmlLine, ...]
    coaching: Markup
    turns: tuple[Spoken, ...]
    offers: tuple[Offered, ...]
    silence: str | None
    outcome: str
    ending: Markup | None
    shown: int | None
    passed: bool
    lost: int
    wanted: Wanted
    scenes: tuple[tuple[str, str], ...]


def play_page(build: ScenarioBuild, wanted: Wanted) -> PlayPage:
    """The play as far as it goes."""
    begun = _begun(build, wanted)
    play, said = _played(begun, wanted.said)
    past, now = _lines(build, begun, play, from_start=not wanted.scene)
    scenario = build.compiled.scenario
    is_scored = play.finished and not wanted.scene and bool(build.compiled.values)
    judged = score(play) if is_scored else None
    ending = play.ending
    return PlayPage(
        scene=play.scene,
        scene_title=play.here.title,
        caller=caller_of(scenario),
        language=scenario.language,
        meters=tuple((meter.name, play.meters[meter.name], meter.most) for meter in scenario.meters),
        flags=tuple((flag, flag in play.flags) for flag in scenario.flags),
        past=past,
        now=now,
        coaching=_coaching(build, play),
        turns=_turns(build, begun, said, wanted),
        offers=_offers(build, play, said, wanted),
        silence=wanted.query([*said, 0]) if play.timer else None,
        outcome=ending.outcome if ending else "",
        ending=build.inline(ending.text) if ending and ending.text else None,
        shown=judged.shown if judged else None,
        passed=judged.passed if judged else False,
        lost=len(wanted.said) - len(said),
        wanted=wanted,
        scenes=tuple((scene.slug, scene.title) for scene in scenario.scenes),
    )


def _begun(build: ScenarioBuild, wanted: Wanted) -> Play:
    """Where the play begins; at the call's start where what is wanted is not there any more."""
    if not wanted.scene:
        return start(build.compiled)
    try:
        return start_at(
            build.compiled, wanted.scene, known(build, wanted), _flags(build.compiled.scenario, wanted)
        )
    except (KeyError, NotOnOfferError):
        return start(build.compiled)


def known(build: ScenarioBuild, wanted: Wanted) -> Mapping[str, int]:
    names = {meter.name for meter in build.compiled.scenario.meters}
    return {name: value for name, value in wanted.meters if name in names}


def _flags(scenario: Scenario, wanted: Wanted) -> frozenset[str]:
    return wanted.flags & frozenset(scenario.flags)


def _played(play: Play, places: tuple[int, ...]) -> tuple[Play, tuple[int, ...]]:
    """The play after as many of these replies as can be said, and those."""
    said: list[int] = []
    for place in places[:LONGEST]:
        index = 0 if place == 0 else next((o.index for n, o in enumerate(play.offers, 1) if n == place), -1)
        try:
            play = choose(play, index)
        except NotOnOfferError:
            break
        said.append(place)
    return play, tuple(said)


def _lines(
    build: ScenarioBuild, begun: Play, play: Play, *, from_start: bool
) -> tuple[tuple[HtmlLine, ...], tuple[HtmlLine, ...]]:
    """(past, now), as a learner reads them."""
    past: list[HtmlLine] = []
    now = story(build, begun.opening if from_start else begun.here.lines)
    for turn in play.turns:
        past += [*now, _said(build, turn)]
        now = story(build, turn.reaction) + story(build, turn.followed)
    return tuple(past), now


def _said(build: ScenarioBuild, turn: Turn) -> HtmlLine:
    if turn.said is None:
        return HtmlLine("silence", "", Markup())
    return HtmlLine("you", "", build.inline(turn.said))


def _coaching(build: ScenarioBuild, play: Play) -> Markup:
    """What the coach says of the last reply."""
    lines = play.turns[-1].coaching if play.turns else ()
    return Markup().join(build.html(line.text) for line in lines)


def _turns(build: ScenarioBuild, begun: Play, said: tuple[int, ...], wanted: Wanted) -> tuple[Spoken, ...]:
    """Each turn with what it cost, and the address at which the play stands before it."""
    found, play = list[Spoken](), begun
    for number, place in enumerate(said, 1):
        weights = weigh(play)
        index = 0 if place == 0 else play.offers[place - 1].index
        weight = weights.get(index)
        play = choose(play, index)
        words = play.turns[-1].said
        found.append(
            Spoken(
                number,
                None if words is None else build.inline(words),
                weight.band if weight else "",
                weight.cost if weight else 0,
                wanted.query(said[: number - 1]),
            )
        )
    return tuple(found)


def _offers(build: ScenarioBuild, play: Play, said: tuple[int, ...], wanted: Wanted) -> tuple[Offered, ...]:
    weights = weigh(play)
    return tuple(
        Offered(build.inline(offer.choice.text), weights.get(offer.index), wanted.query([*said, place]))
        for place, offer in enumerate(play.offers, 1)
    )
