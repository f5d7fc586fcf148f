"""What an author put off: texts that begin with `To do:`, each a problem until it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scenarios.diagnostics import Problems, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scenarios.document import Document, Entry, SceneText, Where
    from scenarios.graph import Graph

MARK = re.compile(r"[\W_]*to[ -]?do\s*:", re.IGNORECASE)
WRITE = "Write over the words that begin with To do."
FIELDS = ("title", "summary", "you", "customer", "warning")


def is_unwritten(text: str) -> bool:
    return MARK.match(text) is not None


def find_unwritten(document: Document, graph: Graph, problems: Problems) -> bool:
    """Report all that is still to be written: a reply once, with its answer and its coaching.

    Each with the shortest play to its scene, where one is known. Returns whether there was anything.
    """
    before = len(problems.found)
    for name in FIELDS:
        value = document.front.values.get(name, "")
        if is_unwritten(str(value)):
            message = f'The field "{name}" is still to be written.'
            problems.add("P417", document.front.where(name), message, WRITE)
    for line in document.briefing:
        if is_unwritten(line.text):
            message = f"The briefing is still to be written: {quoted(line.text.rstrip('.'))}."
            problems.add("P417", line.where, message, WRITE)
    plays = shortest_plays(graph)
    for number, scene in enumerate(document.scenes):
        for where, message in unwritten_in(scene):
            problems.add("P417", where, message, WRITE, plays.get(number))
    return len(problems.found) > before


def unwritten_in(scene: SceneText) -> Iterator[tuple[Where, str]]:
    for text, where in [
        *((line.text, line.where) for line in scene.lines),
        *((one.text, one.where) for one in scene.attributes),
    ]:
        if is_unwritten(ending_of(text)):
            yield (
                where,
                f"Something in {quoted(scene.title)} is still to be written: {quoted(text.rstrip('.'))}.",
            )
    for entry in scene.entries:
        parts = list(parts_of(entry))
        if parts:
            yield entry.where, f"A reply of {quoted(scene.title)} is still to be written: {spoken(parts)}."


def ending_of(text: str) -> str:
    """An ending's own words: what follows its kind and the dash."""
    kind, dash, words = text.partition("—")
    return words if dash and kind.strip() in ("success", "partial", "failure") else text


def parts_of(entry: Entry) -> Iterator[str]:
    if is_unwritten(entry.text):
        yield "its words"
    for line in entry.lines:
        if is_unwritten(line.text):
            yield {"coach": "what the coach says"}.get(line.kind, "what happens then")


def spoken(parts: list[str]) -> str:
    *most, last = dict.fromkeys(parts)
    return f"{', '.join(most)} and {last}" if most else last


def shortest_plays(graph: Graph) -> dict[int, tuple[int, ...]]:
    """The shortest play to every scene that is reached, by the scene's place in the file."""
    first: dict[int, int] = {}
    for at in range(len(graph.states)):
        first.setdefault(graph.scene(at), at)
    return {scene: graph.play_to(at) for scene, at in first.items()}
