"""A scenario: read, proved and compiled by the engine; here it becomes a draft."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from scenarios import Compiled, Readings
from scenarios.graph import BUDGET
from training.library.formats.drafts import Draft, Rendered
from training.library.formats.findings import Findings
from training.library.formats.shelf import Shelf, SourceFile
from training.library.models import Kind
from training.rendering import Form, Piece

# Keyed by content: checking, then importing, the same folder proves each text once.
PROVED = Readings()


@dataclass(frozen=True)
class CallText:
    """A compiled scenario, every text of which is rendered twice: as paragraphs, and as a label."""

    compiled: Compiled

    def _piece(self, text: str, form: Form) -> Piece:
        words = tuple((term.term, term.meaning) for term in self.compiled.scenario.glossary)
        return Piece(text, form, "scenarios", words if form is Form.BLOCK else ())

    def pieces(self) -> list[Piece]:
        return [
            self._piece(text, form) for text in self.compiled.texts() for form in (Form.BLOCK, Form.INLINE)
        ]

    def build(self, html: Rendered) -> dict[str, Any]:
        inline = {text: html[self._piece(text, Form.INLINE)] for text in self.compiled.texts()}
        block = {text: html[self._piece(text, Form.BLOCK)] for text in inline}
        # Most texts are one plain paragraph: their block is not written out a second time.
        differing = {text: found for text, found in block.items() if found != f"<p>{inline[text]}</p>"}
        return {"compiled": self.compiled.to_json(), "inline": inline, "block": differing}


def read_call(
    source: bytes, file: SourceFile, shelf: Shelf, problems: Findings, budget: int = BUDGET
) -> Draft | None:
    catalogue = shelf.catalogue if shelf.slugs else None  # an old revision has no shelf around it
    reading = PROVED.read(source, path=problems.path, catalogue=catalogue, budget=budget)
    problems.found.extend(reading.diagnostics)
    scenario = reading.scenario
    if scenario is None or reading.compiled is None or problems.stop:
        return None
    skills = tuple(f"skill/{name}" for name in scenario.skills)
    return Draft(
        kind=Kind.SCENARIO,
        slug=file.slug,
        source=source.decode("utf-8"),
        title=scenario.title,
        summary=scenario.summary,
        minutes=max(2, reading.compiled.usual_length),
        author=scenario.author,
        portrait=scenario.portrait,
        refers_to=(*skills, *(f"lesson/{name}" for name in scenario.lessons)),
        body=CallText(reading.compiled),
    )


def decisions_of(compiled: Compiled) -> Counter[str]:
    """How many scenes train each skill: those whose choices differ in it."""
    counted: Counter[str] = Counter()
    for scene in compiled.scenario.scenes:
        for skill in compiled.scenario.skills:
            points = {dict(choice.points).get(skill, 0) for choice in scene.choices}
            counted[skill] += len(points) > 1
    return counted
