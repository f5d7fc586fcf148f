"""The temper of a best call, turn by turn: what the debrief sets beside the learner's own."""

from __future__ import annotations

from scenarios import Compiled, Play, choose, last_decision, start
from training.attempts.caller import TEMPER

_LONGEST = 40


def best_temper(compiled: Compiled) -> tuple[int, ...]:
    """Temper at the start and after each turn of a call that loses nothing; () where it is endless."""
    play = start(compiled)
    tempers = [play.meters[TEMPER]]
    while not play.finished and len(tempers) <= _LONGEST:
        play = _best_step(play)
        tempers.append(play.meters[TEMPER])
    return tuple(tempers) if play.finished else ()


def _best_step(play: Play) -> Play:
    """One reply that costs nothing, said."""
    any_step = choose(play, play.offers[0].index)
    wanted = last_decision(any_step).best_reply
    return choose(play, next(offer.index for offer in play.offers if offer.choice.text == wanted))
