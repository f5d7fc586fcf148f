"""The same call from the other side: what the customer heard, thought and said."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from scenarios import Line, Play, Turn
from training.attempts.caller import TEMPER, Caller, caller_of
from training.attempts.calls import Piece, list_pieces
from training.attempts.lines import PageLine, reply_text, said
from training.attempts.own import OwnAttempt
from training.library.models import Kind
from training.library.queries import ScenarioBuild


@dataclass(frozen=True)
class TurnHeard:
    """One turn as the customer lived it. `is_lost` and `is_won`: the temper rose, or fell, most here."""

    number: int
    heard: PageLine
    lines: tuple[PageLine, ...]
    temper: int | None
    is_lost: bool
    is_won: bool


@dataclass(frozen=True)
class OtherSidePage:
    """The temper is None where the story keeps none. `pair` is the same call, played from this side."""

    attempt: OwnAttempt
    title: str
    language: str
    caller: Caller
    temper: int | None
    temper_high: int
    opening: tuple[PageLine, ...]
    turns: tuple[TurnHeard, ...]
    ending: Markup
    pair: Piece | None


def other_side_page(
    session: Session, attempt: OwnAttempt, scenario: ScenarioBuild, play: Play
) -> OtherSidePage:
    """The other side of a finished play (`play.ending` is there)."""
    assert play.ending is not None, "only a finished call is seen from the other side"  # noqa: S101  # the view's own condition
    written = play.compiled.scenario
    meter = next((one for one in written.meters if one.name == TEMPER), None)
    pairs = list_pieces(session, Kind.SCENARIO, [written.pair] if written.pair else [])
    return OtherSidePage(
        attempt=attempt,
        title=written.title,
        language=written.language,
        caller=caller_of(written),
        temper=meter.start if meter else None,
        temper_high=meter.most if meter else 0,
        opening=_lived(scenario, play.opening[len(written.briefing) :]),
        turns=_turns(scenario, play),
        ending=reply_text(scenario, play.ending.text),
        pair=next(iter(pairs), None),
    )


def _turns(scenario: ScenarioBuild, play: Play) -> tuple[TurnHeard, ...]:
    shifts = [_shift(turn) for turn in play.turns]
    lost, won = max(shifts, default=0), min(shifts, default=0)
    return tuple(
        TurnHeard(
            number=turn.number,
            heard=said(scenario, turn),
            lines=_lived(scenario, (*turn.thoughts, *turn.reaction, *turn.followed)),
            temper=turn.after.get(TEMPER),
            is_lost=shift > 0 and place == shifts.index(lost),
            is_won=shift < 0 and place == shifts.index(won),
        )
        for place, (turn, shift) in enumerate(zip(play.turns, shifts, strict=True))
    )


def _shift(turn: Turn) -> int:
    return turn.after.get(TEMPER, 0) - turn.before.get(TEMPER, 0)


def _lived(scenario: ScenarioBuild, lines: tuple[Line, ...]) -> tuple[PageLine, ...]:
    """What the customer saw, said and thought; the coach speaks to the learner alone."""
    return tuple(
        PageLine(line.kind, scenario.html(line.text), line.speaker)
        for line in lines
        if line.kind in ("narration", "speech", "thought")
    )
