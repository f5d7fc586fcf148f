"""What may be said now: a pick judged against the play that the steps give. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from scenarios import Compiled, NotOnOfferError, Play, choose, replay, score, shown_order
from training.attempts.own import OwnAttempt
from training.attempts.picks import Pick
from training.errors import ConflictError, InvalidError


@dataclass(frozen=True)
class Answer:
    """A step that may be recorded: its number, the authored choice, and the play after it."""

    number: int
    choice: int
    play: Play


@dataclass(frozen=True)
class Result:
    """What a finished call came to, as it is stored with its last step."""

    ending: str
    percent: float
    passed: bool


def answer_to(attempt: OwnAttempt, compiled: Compiled, pick: Pick) -> Answer | None:
    """The step that `pick` makes, or None where it says again what is recorded (a double click, a reload).

    Raises InvalidError for a reply that is not on offer, ConflictError for a page that is out of date.
    """
    if pick.step < 1:
        raise InvalidError(_("That reply could not be read. Nothing was changed."))
    if pick.step > attempt.step_count + 1:
        raise ConflictError(_("This call is not there yet. Go on from where it is."), attempt.address)
    before = replay(compiled, attempt.choices[: pick.step - 1])
    if pick.step <= attempt.step_count:
        _must_be_the_same(attempt, before, pick)
        return None
    if before.finished:
        raise ConflictError(_("This call is over. Everything you said is kept."), attempt.address)
    choice = authored(before, attempt.seed, pick.choice)
    try:
        return Answer(pick.step, choice, choose(before, choice))
    except NotOnOfferError as problem:
        raise InvalidError(_("That reply is not on offer here. Nothing was changed.")) from problem


def _must_be_the_same(attempt: OwnAttempt, before: Play, pick: Pick) -> None:
    if authored(before, attempt.seed, pick.choice) != attempt.choices[pick.step - 1]:
        raise ConflictError(
            _("You already answered this in another tab. What you said first is kept: go on here."),
            attempt.address,
        )


def authored(play: Play, seed: str, place: int) -> int:
    """The authored index of the reply shown at `place`, from 1; 0 is silence, where the scene has a timer."""
    offers = shown_order(play, seed)
    if place == 0 and play.timer is not None:
        return 0
    if not 1 <= place <= len(offers):
        raise InvalidError(_("That reply is not on offer here. Nothing was changed."))
    return offers[place - 1].index


def result_of(play: Play) -> Result | None:
    """What to store of a play; None while it goes on."""
    if play.ending is None:
        return None
    came_to = score(play)
    return Result(play.ending.outcome, came_to.percent, came_to.passed)
