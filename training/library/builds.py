"""What pages read of a revision: compiled once, at publish, and never changed after."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

import scenarios
from scenarios import Compiled
from training.library.models import Kind

# Ours in the hundreds, the engine's below: a new one of either has old revisions built anew.
FORMAT = 200 + scenarios.FORMAT


def safe(html: str) -> Markup:
    """HTML of a build: it went through `training.rendering`, and only such HTML is stored in one."""
    return Markup(html)  # noqa: S704  # see above


@dataclass(frozen=True)
class ScenarioBuild:
    """A compiled call, with every text of it as safe HTML."""

    revision_id: int
    compiled: Compiled
    _inline: Mapping[str, str]
    _block: Mapping[str, str]

    @property
    def title(self) -> str:
        return self.compiled.scenario.title

    @property
    def summary(self) -> str:
        return self.compiled.scenario.summary

    @property
    def lessons(self) -> tuple[str, ...]:
        """The slugs of the lessons that go with this call."""
        return self.compiled.scenario.lessons

    @property
    def glossary(self) -> tuple[tuple[str, str], ...]:
        """Words with their meanings. They are marked in `html`; labels cannot hold marks."""
        return tuple((term.term, term.meaning) for term in self.compiled.scenario.glossary)

    def html(self, text: str) -> Markup:
        """One of the scenario's texts as paragraphs, quotes and lists."""
        return safe(self._block.get(text) or f"<p>{self._inline[text]}</p>")

    def inline(self, text: str) -> Markup:
        """One of the scenario's texts with phrasing only, for a button's or a heading's words."""
        return safe(self._inline[text])


@dataclass(frozen=True)
class HtmlLine:
    """Something said or told, ready for a page."""

    kind: str
    speaker: str
    text: Markup


@dataclass(frozen=True)
class LessonReply:
    """One reply to a lesson's decision; `index` counts from 1, as authored."""

    index: int
    text: Markup
    band: str
    reaction: tuple[HtmlLine, ...]
    coaching: tuple[HtmlLine, ...]


@dataclass(frozen=True)
class LessonBuild:
    """A lesson's prose and its decision; `replies` is empty where it has none.

    `takes_comments`: people may say something under it.
    """

    revision_id: int
    html: Markup
    language: str
    prompt: tuple[HtmlLine, ...]
    replies: tuple[LessonReply, ...]
    scenario: str
    related: tuple[str, ...]
    takes_comments: bool

    def reply(self, index: int | None) -> LessonReply | None:
        return next((reply for reply in self.replies if reply.index == index), None)


@dataclass(frozen=True)
class ModuleEntry:
    """One item of a module. `rule`: a lesson is to `read` or to `answer`, a call to `check` or `practise`."""

    kind: Kind
    slug: str
    title: str
    rule: str

    @property
    def counts(self) -> bool:
        """Practice is a suggestion that only the learner sees; the others make a module done."""
        return self.rule != "practise"


@dataclass(frozen=True)
class ModuleBuild:
    """A module's introduction and its list, in order."""

    revision_id: int
    html: Markup
    entries: tuple[ModuleEntry, ...]
    language: str

    @cached_property
    def counting(self) -> tuple[ModuleEntry, ...]:
        return tuple(entry for entry in self.entries if entry.counts)


@dataclass(frozen=True)
class SkillBuild:
    """A skill's page."""

    revision_id: int
    html: Markup
    language: str


Build = ScenarioBuild | LessonBuild | ModuleBuild | SkillBuild


def read_build(kind: Kind, revision_id: int, body: str) -> Build:
    """The build that `Body.build` wrote as JSON."""
    held: dict[str, Any] = json.loads(body)
    if kind is Kind.SCENARIO:
        return ScenarioBuild(revision_id, Compiled.from_json(held["compiled"]), held["inline"], held["block"])
    html, language = safe(held["html"]), held["language"]
    if kind is Kind.MODULE:
        entries = tuple(
            ModuleEntry(Kind(kind), slug, title, rule) for kind, slug, title, rule in held["entries"]
        )
        return ModuleBuild(revision_id, html, entries, language)
    if kind is Kind.SKILL:
        return SkillBuild(revision_id, html, language)
    replies = tuple(
        LessonReply(at, safe(one["text"]), one["band"], _lines(one["reaction"]), _lines(one["coaching"]))
        for at, one in enumerate(held["replies"], 1)
    )
    return LessonBuild(
        revision_id,
        html,
        language,
        _lines(held["prompt"]),
        replies,
        held["scenario"],
        tuple(held["related"]),
        held["takes_comments"],
    )


def _lines(held: list[list[str]]) -> tuple[HtmlLine, ...]:
    return tuple(HtmlLine(kind, speaker, safe(html)) for kind, speaker, html in held)
