"""What was said, as pages show it: the engine's lines with the library's safe HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from scenarios import Line, Turn
from training.library.queries import ScenarioBuild

_STORY = ("narration", "speech")


@dataclass(frozen=True)
class PageLine:
    """One line of a transcript. `kind`: narration, speech, thought, you, silence."""

    kind: str
    text: Markup
    speaker: str = ""


def story(scenario: ScenarioBuild, lines: Iterable[Line]) -> tuple[PageLine, ...]:
    """What is said aloud and what is seen; the inner voice and the coach have their own places."""
    return tuple(
        PageLine(line.kind, scenario.html(line.text), line.speaker) for line in lines if line.kind in _STORY
    )


def said(scenario: ScenarioBuild, turn: Turn) -> PageLine:
    """What the learner said in a turn, or that they let time run out."""
    if turn.said is None:
        return PageLine("silence", Markup(""))
    return PageLine("you", reply_text(scenario, turn.said))


def reply_text(scenario: ScenarioBuild, text: str) -> Markup:
    """A reply's words as inline HTML, fit for a button."""
    return scenario.inline(text)


def words(scenario: ScenarioBuild, lines: Iterable[Line]) -> Markup:
    """Several lines' prose together, without who says it."""
    return Markup("").join(scenario.html(line.text) for line in lines)
