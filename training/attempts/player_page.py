"""The call as its page shows it: one place for each thing a learner may see before the end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from markupsafe import Markup

from scenarios import Play, last_decision, shown_order
from training.accounts.preferences import Preferences
from training.attempts.caller import Caller, Gauge, Temper, caller_of, gauges_of, minutes_left, temper_of
from training.attempts.lines import PageLine, reply_text, words
from training.attempts.own import OwnAttempt
from training.attempts.transcript import Newest, transcript
from training.library.queries import ScenarioBuild


class Stage(Enum):
    """What the page asks for: a reply, a look at the coach's note, or nothing more."""

    REPLY = "reply"
    AFTER = "after"
    ENDED = "ended"
    ASIDE = "aside"


@dataclass(frozen=True)
class Reply:
    """A reply on offer. `value` is its place as shown, from 1: all that a page ever tells of it."""

    value: int
    text: Markup
    picked: bool


@dataclass(frozen=True)
class CoachNote:
    """What the coach says of the last reply, and what that reply did to the temper."""

    band: str
    text: Markup
    skills: tuple[str, ...]
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Ending:
    outcome: str
    text: Markup


@dataclass(frozen=True)
class PlayerPage:
    """Everything on the page of a call. `turn` is the one being answered, or the last one answered.

    `has_hint`: there is a hint; `hint` is it, once it was asked for. `waits`: the replies are held back until
    the learner has said a line of their own; `shows`: they were, and were asked for. `patience` is after how
    many seconds silence is said, for people who turned time on, else None.
    """

    attempt: OwnAttempt
    stage: Stage
    title: str
    language: str
    you: str
    caller: Caller
    temper: Temper | None
    minutes: int | None
    gauges: tuple[Gauge, ...]
    facts: tuple[Markup, ...]
    turn: int
    about: int
    past: tuple[PageLine, ...]
    now: tuple[PageLine, ...]
    replies: tuple[Reply, ...]
    waits: bool
    shows: bool
    patience: int | None
    preferences: Preferences
    has_hint: bool
    hint: Markup | None
    coach: CoachNote | None
    ending: Ending | None

    @property
    def step(self) -> int:
        """The number that the next reply will carry."""
        return self.attempt.step_count + 1

    @property
    def clock(self) -> str:
        seconds = int(self.attempt.talked_for.total_seconds())
        return f"{seconds // 60:02d}:{seconds % 60:02d}"

    @property
    def can_take_back(self) -> bool:
        return self.stage is not Stage.ASIDE and not self.attempt.is_check and self.attempt.step_count > 0


def coaches_now(attempt: OwnAttempt, scenario: ScenarioBuild) -> bool:
    """Whether the coach speaks during the call: as the assignment says, then as the scenario does.

    Never in a check: its points are secret until the end.
    """
    return not attempt.is_check and (attempt.coaching or scenario.compiled.scenario.feedback) == "now"


def player_page(
    attempt: OwnAttempt,
    scenario: ScenarioBuild,
    play: Play,
    *,
    carried_on: bool,
    picked: int | None,
    shows: bool,
    preferences: Preferences,
) -> PlayerPage:
    """The page of a call that stands at `play`. `carried_on`: the coach's note has been read.

    `shows`: the learner has said their own line and wants to see the replies.
    """
    written = play.compiled.scenario
    coach = coach_note(scenario, play) if coaches_now(attempt, scenario) and play.turns else None
    stage = _stage(attempt, play, waits=coach is not None and bool(coach.text) and not carried_on)
    answering = stage is Stage.REPLY
    waits = answering and preferences.say_first and not shows and picked is None
    past, now = transcript(scenario, play, _newest(stage, carried_on=carried_on))
    turn = max(1, attempt.step_count + (1 if answering else 0))
    return PlayerPage(
        attempt=attempt,
        stage=stage,
        title=written.title,
        language=written.language,
        you=written.you,
        caller=caller_of(written),
        temper=temper_of(written, play),
        minutes=minutes_left(written, play),
        gauges=gauges_of(written, play),
        facts=tuple(reply_text(scenario, fact) for fact in written.facts),
        turn=turn,
        about=max(turn, play.compiled.usual_length),
        past=past,
        now=now,
        replies=_replies(attempt, scenario, play, picked) if answering and not waits else (),
        waits=waits,
        shows=answering and preferences.say_first and shows,
        patience=_patience(play, preferences) if answering and not waits else None,
        preferences=preferences,
        has_hint=answering and bool(play.hint),
        hint=scenario.html(play.hint) if answering and play.hint and attempt.has_hint else None,
        coach=coach if coach is not None and not carried_on else None,
        ending=Ending(play.ending.outcome, reply_text(scenario, play.ending.text)) if play.ending else None,
    )


def _stage(attempt: OwnAttempt, play: Play, *, waits: bool) -> Stage:
    if attempt.set_aside_at is not None:
        return Stage.ASIDE
    if play.finished:
        return Stage.ENDED
    return Stage.AFTER if waits else Stage.REPLY


def _newest(stage: Stage, *, carried_on: bool) -> Newest:
    if stage is Stage.AFTER:
        return Newest.ANSWER
    return Newest.SCENE if stage is Stage.REPLY and carried_on else Newest.BOTH


def _patience(play: Play, preferences: Preferences) -> int | None:
    if play.timer is None or not preferences.timed_lines:
        return None
    return play.timer.seconds * preferences.pace


def _replies(
    attempt: OwnAttempt, scenario: ScenarioBuild, play: Play, picked: int | None
) -> tuple[Reply, ...]:
    offers = shown_order(play, attempt.seed)
    return tuple(
        Reply(place, reply_text(scenario, offer.choice.text), place == picked)
        for place, offer in enumerate(offers, 1)
    )


def coach_note(scenario: ScenarioBuild, play: Play) -> CoachNote | None:
    """The coach's words on the last reply; None after silence or where there was nothing to decide."""
    last, decision = play.turns[-1], last_decision(play)
    if not decision.is_decision:
        return None
    return CoachNote(
        band=decision.band,
        text=words(scenario, last.coaching),
        skills=(),
        before=last.before.get("temper"),
        after=last.after.get("temper"),
    )
