"""Read a scenario: source → document → scenario → proof, with every problem found on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scenarios.diagnostics import Diagnostic, Problems, in_reading_order
from scenarios.fields import FIELDS
from scenarios.front_matter import read_fields
from scenarios.graph import BUDGET
from scenarios.proof import Proof, prove_fully
from scenarios.resolve import resolve
from scenarios.scanner import scan
from scenarios.source import read_text
from scenarios.teaching import find_lessons
from scenarios.unwritten import find_unwritten
from scenarios.wording import find_wording

if TYPE_CHECKING:
    from scenarios.compiled import Compiled
    from scenarios.document import Document
    from scenarios.names import Catalogue
    from scenarios.scenario import Scenario


@dataclass(frozen=True)
class Reading:
    """What was read. `scenario` is None when an error of shape or names stops it; `compiled` is None
    when any error does. `allowed` are the diagnostics that the author silenced, with the reasons.
    """

    document: Document
    scenario: Scenario | None
    compiled: Compiled | None
    diagnostics: tuple[Diagnostic, ...]
    allowed: tuple[tuple[Diagnostic, str], ...] = ()
    proof: Proof | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing stops publishing."""
        return not any(one.severity == "error" for one in self.diagnostics)


def parse(
    source: bytes | str, catalogue: Catalogue | None, problems: Problems
) -> tuple[Document, Scenario | None]:
    """The document, and the scenario where no error stops it."""
    text = read_text(source, problems)
    document = scan(read_fields(text, FIELDS, problems), problems)
    if not text and problems.stop:
        return document, None
    scenario = resolve(document, catalogue, problems)
    return document, None if problems.stop else scenario


def read_scenario(
    source: bytes | str,
    *,
    path: str = "<text>",
    catalogue: Catalogue | None = None,
    budget: int = BUDGET,
) -> Reading:
    """Read, prove and review a scenario; every problem at once, in the order of the file.

    Never raises on any text. Without a catalogue, skills and lessons are not checked.
    """
    problems = Problems(path)
    document, scenario = parse(source, catalogue, problems)
    if scenario is None:
        return Reading(document, None, None, in_reading_order(problems.found))
    work = prove_fully(scenario, problems, budget)
    if not find_unwritten(document, work.graph, problems):  # hints on words that will go help nobody
        if work.compiled is not None:
            find_lessons(work.graph, work.compiled, work.proof, document, problems)
        find_wording(scenario, problems)
    found, allowed = sift(document, scenario, problems)
    compiled = None if problems.stop else work.compiled
    return Reading(document, scenario, compiled, found, allowed, work.proof)


def sift(
    document: Document, scenario: Scenario, problems: Problems
) -> tuple[tuple[Diagnostic, ...], tuple[tuple[Diagnostic, str], ...]]:
    """The diagnostics that stand, and those that the author allowed, with the reasons."""
    reasons = dict(scenario.allow)
    allowed = [one for one in problems.found if one.code in reasons]
    used = {one.code for one in allowed}
    for item in document.front.items.get("allow", []):
        if item.key.upper() not in used and not problems.stop:
            where = (item.line, item.column)
            problems.add("S316", where, f"There is no {item.key} to allow.", "Take the line out.")
    standing = [one for one in problems.found if one.code not in reasons]
    return in_reading_order(standing), tuple((one, reasons[one.code]) for one in in_reading_order(allowed))
