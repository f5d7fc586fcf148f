"""The call so far, set as a play: what is past, and the newest lines."""

from __future__ import annotations

from enum import Enum

from scenarios import Play
from training.attempts.lines import PageLine, said, story
from training.library.queries import ScenarioBuild

Lines = tuple[PageLine, ...]


class Newest(Enum):
    """Which lines are the largest text on the screen.

    While the coach's note stands below, the customer's answer to the reply is; what happens next waits for
    Carry on, and is then the newest. Otherwise both are.
    """

    ANSWER = "answer"
    SCENE = "scene"
    BOTH = "both"


def transcript(scenario: ScenarioBuild, play: Play, newest: Newest) -> tuple[Lines, Lines]:
    """(past, now)."""
    past: list[PageLine] = []
    answer: Lines = ()
    scene = story(scenario, play.opening)
    for turn in play.turns:
        past += [*answer, *scene, said(scenario, turn)]
        answer, scene = story(scenario, turn.reaction), story(scenario, turn.followed)
    if newest is Newest.ANSWER and answer:
        return tuple(past), answer
    if newest is Newest.SCENE and scene:
        return (*past, *answer), scene
    return tuple(past), answer + scene
