"""Replies changed and added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scenarios.cards.heads import change_head
from scenarios.cards.marks import Band, band_of, change_band, mark, skill_of
from scenarios.cards.trial import RefusedError, begin, finish
from scenarios.cards.voicing import Place, Said, change_lines
from scenarios.cards.words import link_words
from scenarios.document import Entry, Written
from scenarios.entries import MOST_CHOICES
from scenarios.slugs import fold

if TYPE_CHECKING:
    from scenarios.cards.sheet import Sheet
    from scenarios.cards.trial import Change
    from scenarios.document import SceneText


@dataclass(frozen=True)
class ReplyChange:
    """A card as it was sent: `lines` are the words of its lines in order, `said` what is new under it."""

    words: str
    band: Band
    skill: str
    target: str
    lines: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class NewReply:
    words: str
    band: Band
    skill: str
    target: str
    said: tuple[Said, ...] = ()


def choices_of(scene: SceneText) -> list[Entry]:
    return [entry for entry in scene.entries if entry.kind == "choice"]


def meant_scene(change: Change, address: str) -> SceneText:
    """The scene in the document that is meant. RefusedError where there is none."""
    for scene in change.meant.scenes:
        if change.sheet.address_of(scene) == address:
            return scene
    raise RefusedError("This scene is not there any more.")


def meant_reply(scene: SceneText, number: int) -> Entry:
    """A scene's reply, counted from 1."""
    found = choices_of(scene)
    if not 1 <= number <= len(found):
        raise RefusedError("This reply is not there any more.")
    return found[number - 1]


def change_reply(sheet: Sheet, address: str, number: int, sent: ReplyChange) -> str:
    """The text with one reply changed; the very same text where the card says what stands there."""
    change = begin(sheet)
    scene = meant_scene(change, address)
    entry = meant_reply(scene, number)
    trained = skill_of(sheet, scene, entry)
    end = sheet.entry_span(entry).last
    change_lines(change, entry.lines, sent.lines, sent.said, Place(" " * entry.reach, end))
    if sent.band != band_of(sheet, entry) or fold(sent.skill) != fold(trained):
        change_band(change, entry, sent.band, sent.skill)
    change_head(change, entry, sent.words, sent.target)
    return finish(change)


def add_reply(sheet: Sheet, address: str, new: NewReply) -> str:
    """The text with one more reply, after the last one of its scene."""
    change = begin(sheet)
    scene = meant_scene(change, address)
    words = link_words(new.words)
    if not words:
        raise RefusedError("Write what you say.", "words")
    others = choices_of(scene)
    if len(others) >= MOST_CHOICES:
        raise RefusedError("A scene has eight replies at most.", "words")
    entry = Entry(words, new.target, "", (0, 0), (0, 0))
    effect = mark(sheet, new.band, new.skill)
    entry.details.append(Written(effect))
    after = sheet.entry_span(others[-1]).last if others else sheet.scene_end(scene)
    gap = [] if others and not is_loose(sheet, others) else [""]
    change.add(after, [*gap, f"- [{words}](#{new.target})", f"  - {effect}"])
    change_lines(change, entry.lines, (), new.said, Place("  ", after))
    if not others:
        change.part()
    at = scene.entries.index(others[-1]) + 1 if others else 0
    scene.entries.insert(at, entry)
    return finish(change)


def is_loose(sheet: Sheet, entries: list[Entry]) -> bool:
    """Whether blank lines part the replies of a scene."""
    return len(entries) > 1 and not sheet.raw(entries[-1].where[0] - 1).strip()
