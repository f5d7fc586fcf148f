"""The decision that a huddle is about, as pages show it: the line, the replies, the coach's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from training.attempts.lines import PageLine, reply_text, story, words
from training.errors import NotFoundError
from training.library.models import Kind
from training.library.queries import load_lesson, load_scenario


@dataclass(frozen=True)
class Chosen:
    """Which decision: a lesson's one (`scene` is ""), or a scene's with these replies, in the order shown."""

    kind: Kind
    revision_id: int
    title: str
    scene: str
    replies: tuple[int, ...]
    bands: tuple[str, ...]


@dataclass(frozen=True)
class HuddleReply:
    """One reply. `value` is the authored number, `band` and `coach` are for after the reveal."""

    value: int
    text: Markup
    band: str
    coach: Markup
    picked: bool = False


@dataclass(frozen=True)
class HuddleDecision:
    """The lines before the choice, and the replies."""

    language: str
    lines: tuple[PageLine, ...]
    replies: tuple[HuddleReply, ...]

    @property
    def values(self) -> frozenset[int]:
        return frozenset(reply.value for reply in self.replies)

    @property
    def bands(self) -> Mapping[int, str]:
        return {reply.value: reply.band for reply in self.replies}


def load_decision(session: Session, chosen: Chosen, picked: int | None = None) -> HuddleDecision:
    """What a huddle shows; one statement the first time. `picked` marks the reply of that number."""
    if chosen.kind is Kind.LESSON:
        return _of_lesson(session, chosen, picked)
    return _of_scene(session, chosen, picked)


def _of_lesson(session: Session, chosen: Chosen, picked: int | None) -> HuddleDecision:
    lesson = load_lesson(session, chosen.revision_id)
    authored = {reply.index: reply for reply in lesson.replies}
    lines = tuple(PageLine(line.kind, line.text, line.speaker) for line in lesson.prompt)
    replies = tuple(
        HuddleReply(
            value,
            authored[value].text,
            band,
            Markup("").join(line.text for line in authored[value].coaching),
            value == picked,
        )
        for value, band in zip(chosen.replies, chosen.bands, strict=True)
    )
    return HuddleDecision(lesson.language, lines, replies)


def _of_scene(session: Session, chosen: Chosen, picked: int | None) -> HuddleDecision:
    build = load_scenario(session, chosen.revision_id)
    scenario = build.compiled.scenario
    scene = next((one for one in scenario.scenes if one.slug == chosen.scene), None)
    if scene is None:
        raise NotFoundError
    replies = tuple(
        HuddleReply(
            value,
            reply_text(build, scene.choices[value - 1].text),
            band,
            words(build, scene.choices[value - 1].coaching),
            value == picked,
        )
        for value, band in zip(chosen.replies, chosen.bands, strict=True)
    )
    return HuddleDecision(scenario.language, story(build, scene.lines), replies)
