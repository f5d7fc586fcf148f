"""The finished call, annotated: what was said, what it cost, and what would have followed."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scenarios import Band, Bands, Decision, Line, Play, Score, Turn, score
from training.attempts.best_path import best_temper
from training.attempts.caller import TEMPER, Caller, caller_of
from training.attempts.lines import PageLine, reply_text, said, story, words
from training.attempts.moments import moments_of, turning_point
from training.attempts.own import OwnAttempt
from training.library.queries import ScenarioBuild


@dataclass(frozen=True)
class DecisionSeen:
    """One turn. `band` is empty where only one reply was on offer; `stronger` where a reply lost nothing."""

    number: int
    said: PageLine
    band: str
    cost: int
    thoughts: tuple[Markup, ...]
    coach: Markup
    stronger: Markup | None
    follows: tuple[PageLine, ...]
    temper: int | None


@dataclass(frozen=True)
class SkillSeen:
    """A skill's moments in this call, oldest first."""

    slug: str
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class TemperTrace:
    """The temper at the start and after each turn, beside the best call's. `bands`: one a turn."""

    yours: tuple[int, ...]
    best: tuple[int, ...]
    high: int
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class DebriefPage:
    """`turning` is the turn that cost most, 0 where none cost anything. `percent` counts only in a check."""

    attempt: OwnAttempt
    title: str
    language: str
    caller: Caller
    outcome: str
    headline: Markup
    afterwards: tuple[PageLine, ...]
    bands: Bands
    percent: int
    pass_mark: int
    passed: bool
    best: int
    first_thoughts: tuple[Markup, ...]
    decisions: tuple[DecisionSeen, ...]
    skills: tuple[SkillSeen, ...]
    trace: TemperTrace | None
    turning: int
    lessons: tuple[str, ...]

    @property
    def ended_badly(self) -> bool:
        return self.outcome == "failure"


def debrief_page(attempt: OwnAttempt, scenario: ScenarioBuild, play: Play) -> DebriefPage:
    """The debrief of a finished play (`play.ending` is there)."""
    assert play.ending is not None, "a debrief is of a finished call"  # noqa: S101  # the view's own condition
    written, judged = play.compiled.scenario, score(play)
    return DebriefPage(
        attempt=attempt,
        title=written.title,
        language=written.language,
        caller=caller_of(written),
        outcome=play.ending.outcome,
        headline=reply_text(scenario, play.ending.text),
        afterwards=story(scenario, play.here.lines),
        bands=judged.bands,
        percent=judged.shown,
        pass_mark=written.pass_mark,
        passed=judged.passed,
        best=judged.best,
        first_thoughts=tuple(words(scenario, (line,)) for line in play.opening if line.kind == "thought"),
        decisions=tuple(
            _seen(scenario, turn, decision)
            for turn, decision in zip(play.turns, judged.decisions, strict=True)
        ),
        skills=tuple(
            SkillSeen(skill, tuple(bands))
            for skill, bands in moments_of(play, judged.decisions).items()
            if bands
        ),
        trace=_trace(play, judged),
        turning=turning_point(judged.decisions),
        lessons=written.lessons,
    )


def _seen(scenario: ScenarioBuild, turn: Turn, decision: Decision) -> DecisionSeen:
    lost = decision.cost > 0
    return DecisionSeen(
        number=turn.number,
        said=said(scenario, turn),
        band=decision.band if decision.is_decision else "",
        cost=decision.cost,
        thoughts=tuple(words(scenario, (line,)) for line in _inner_voice(turn)),
        coach=words(scenario, turn.coaching),
        stronger=reply_text(scenario, decision.best_reply) if lost else None,
        follows=story(scenario, decision.best_follows) if lost else (),
        temper=turn.after.get(TEMPER),
    )


def _inner_voice(turn: Turn) -> list[Line]:
    """What the customer thought on hearing the reply, and in the scenes that it led to."""
    return [line for line in (*turn.thoughts, *turn.followed) if line.kind == "thought"]


def _trace(play: Play, judged: Score) -> TemperTrace | None:
    high = next((meter.most for meter in play.compiled.scenario.meters if meter.name == TEMPER), None)
    if high is None or not play.turns:
        return None
    return TemperTrace(
        yours=(play.turns[0].before[TEMPER], *(turn.after[TEMPER] for turn in play.turns)),
        best=best_temper(play.compiled),
        high=high,
        bands=tuple(decision.band for decision in judged.decisions),
    )
