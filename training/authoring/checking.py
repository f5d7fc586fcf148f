"""A text as it is being written: what is wrong with it, what the proof says, and how it will look."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from scenarios import Diagnostic, Proof, Scenario, without_proof
from scenarios.graph import BUDGET
from training.authoring.rendered import html_of
from training.library.formats import Draft, Shelf, SourceFile, read_file
from training.library.formats.drafts import Body
from training.library.formats.findings import Finding
from training.library.formats.scenario import PROVED, CallText
from training.library.models import Kind
from training.rendering import Piece, RenderingError

# While somebody types, a call is searched so far; a pause, which saves, has it proved in full.
TYPING_BUDGET = 20_000


@dataclass(frozen=True)
class Checked:
    """What a check of a text came to.

    `draft` is None where an error stops publishing. `scenario` is there for a call whose shape could be read,
    `proof` where it was searched; `body` is its build, empty where there is nothing that could be shown.
    `skills` are those that a text may name.
    """

    kind: Kind
    text: str
    diagnostics: tuple[Diagnostic, ...]
    draft: Draft | None = None
    scenario: Scenario | None = None
    proof: Proof | None = None
    allowed: tuple[tuple[Diagnostic, str], ...] = ()
    skills: tuple[str, ...] = ()
    body: str = ""

    @property
    def errors(self) -> int:
        return sum(one.severity == "error" for one in self.diagnostics)

    @property
    def warnings(self) -> int:
        return len(self.diagnostics) - self.errors

    @property
    def is_ready(self) -> bool:
        """Whether it may be published."""
        return self.draft is not None and bool(self.body) and not self.errors


def read_draft(text: str, kind: Kind, slug: str, shelf: Shelf, *, budget: int = BUDGET) -> Checked:
    """What is wrong with a text, nothing rendered. The same text is proved once a process."""
    file = SourceFile(kind, slug, Path(f"{kind}s/{slug}.md"))
    source = text.encode("utf-8", "surrogatepass")
    reading = read_file(source, file, shelf, budget=budget)
    skills = tuple(shelf.catalogue.skills)
    checked = Checked(kind, text, reading.diagnostics, reading.draft, skills=skills)
    if kind is not Kind.SCENARIO:
        return checked
    call = PROVED.read(source, path=reading.path, catalogue=shelf.catalogue, budget=budget)
    return replace(checked, scenario=call.scenario, proof=call.proof, allowed=call.allowed)


def check_text(text: str, kind: Kind, slug: str, shelf: Shelf, *, budget: int = BUDGET) -> Checked:
    """Read a text, and render what can be shown of it in the limited child. Never inside a transaction."""
    checked = read_draft(text, kind, slug, shelf, budget=budget)
    shown = _body(checked)
    if shown is None:
        return checked
    pieces = shown.pieces()
    try:
        html = html_of(pieces)
    except RenderingError as refused:
        path, why = f"{kind}s/{slug}.md", _reason(pieces, refused)
        problem = Finding("L713", why, "Write it more plainly.", path, 1, 1)
        return replace(checked, draft=None, diagnostics=(*checked.diagnostics, problem))
    return replace(checked, body=json.dumps(shown.build(html), ensure_ascii=False))


def _body(checked: Checked) -> Body | None:
    """What to show. A call whose names are all good is shown, though the proof may find it wanting."""
    if checked.draft is not None:
        return checked.draft.body
    return CallText(without_proof(checked.scenario)) if checked.scenario is not None else None


def _reason(pieces: list[Piece], refused: RenderingError) -> str:
    at, why = min(refused.failed.items())
    words = " ".join(list(dict.fromkeys(pieces))[at].text.split())[:40]
    return f'The text that begins "{words}" cannot be rendered: {why}.'
