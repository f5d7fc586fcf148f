"""Replies taken out, and moved past each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.cards.replies import choices_of, meant_reply, meant_scene
from scenarios.cards.trial import RefusedError, begin, finish

if TYPE_CHECKING:
    from scenarios.cards.sheet import Sheet, Span


def remove_reply(sheet: Sheet, address: str, number: int) -> str:
    """The text without one reply and all that stands under it."""
    change = begin(sheet)
    scene = meant_scene(change, address)
    entry = meant_reply(scene, number)
    span = sheet.entry_span(entry)
    first, last = span.first, span.last
    if not sheet.raw(first - 1).strip():
        while last < len(sheet.rows) - 1 and not sheet.raw(last + 1).strip():
            last += 1
    change.replace(first, last, [])
    del scene.entries[next(at for at, one in enumerate(scene.entries) if one is entry)]
    return finish(change)


def move_reply(sheet: Sheet, address: str, number: int, way: int) -> str:
    """The text with a reply and its neighbour, above (-1) or below (1), in each other's place."""
    change = begin(sheet)
    scene = meant_scene(change, address)
    upper = number - 1 if way < 0 else number
    if not 1 <= upper < len(choices_of(scene)):
        raise RefusedError("This reply stands at the end of its row already.")
    one, other = meant_reply(scene, upper), meant_reply(scene, upper + 1)
    places = [next(at for at, entry in enumerate(scene.entries) if entry is each) for each in (one, other)]
    scene.entries[places[0]], scene.entries[places[1]] = other, one
    spans = sheet.entry_span(one), sheet.entry_span(other)
    for at, taken in (spans, spans[::-1]):
        change.replace(at.first, at.last, rows(sheet, taken))
    return finish(change)


def rows(sheet: Sheet, span: Span) -> list[str]:
    return [sheet.raw(number) for number in range(span.first, span.last + 1)]
