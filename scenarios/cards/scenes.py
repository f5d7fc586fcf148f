"""Scenes changed, added and renamed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scenarios.cards.endings import change_ending
from scenarios.cards.replies import meant_scene
from scenarios.cards.sheet import open_sheet
from scenarios.cards.trial import RefusedError, begin, finish
from scenarios.cards.voicing import Place, Said, add_line, change_lines
from scenarios.document import SceneText, Written
from scenarios.scanner import LONGEST_NAME
from scenarios.slugs import fold, slug
from scenarios.tools.shape import renamed

if TYPE_CHECKING:
    from scenarios.cards.sheet import Sheet

Outcome = Literal["", "success", "partial", "failure"]


@dataclass(frozen=True)
class SceneChange:
    """A scene's own card as it was sent. `outcome` is empty for a scene that goes on."""

    lines: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    outcome: Outcome = ""
    ending: str = ""


@dataclass(frozen=True)
class NewScene:
    """`after`: the address of the scene that it follows; empty for the last place."""

    name: str
    after: str = ""
    outcome: Outcome = ""
    words: str = ""


def change_scene(sheet: Sheet, address: str, sent: SceneChange) -> str:
    """The text with what a scene says changed; the very same text where the card says what stands there."""
    change = begin(sheet)
    scene = meant_scene(change, address)
    ends = [scene.where[0], *(sheet.span(one.where).last for one in scene.lines)]
    if not scene.lines:
        ends += [sheet.span(one.where).last for one in scene.attributes]
    change_lines(change, scene.lines, sent.lines, sent.said, Place("", max(ends)))
    if not scene.entries:
        change_ending(change, scene, sent.outcome, sent.ending)
    change.part()
    return finish(change)


def add_scene(sheet: Sheet, new: NewScene) -> str:
    """The text with one more scene, behind the scene that it shall follow."""
    name = scene_name(sheet, new.name)
    change = begin(sheet)
    scenes = change.meant.scenes
    before = meant_scene(change, new.after) if new.after else scenes[-1]
    scene = SceneText(name, (0, 0))
    end = sheet.scene_end(before)
    change.add(end, ["", f"## {name}"])
    if new.outcome:
        words = " ".join(new.words.split()) or name
        scene.attributes.append(Written(f"{new.outcome} — {words}", name="Ending"))
        change.add(end, ["", f"**Ending:** {new.outcome} — {words}"])
    elif new.words.strip():
        scene.lines.extend(add_line(change, Said("customer", new.words), Place("", end)))
    change.part()
    scenes.insert(next(at for at, one in enumerate(scenes) if one is before) + 1, scene)
    return finish(change)


def rename_scene(sheet: Sheet, address: str, typed: str) -> str:
    """The text with a scene called otherwise; every link to it leads to it still."""
    change = begin(sheet)
    scene = meant_scene(change, address)
    if " ".join(typed.split()) == scene.title:
        return sheet.text
    name = scene_name(sheet, typed, scene.title)
    text, _ = renamed(sheet.text, fold(scene.title), name)
    after = open_sheet(text)
    meant = {address: slug(name)}
    for one, other in zip(change.meant.scenes, after.document.scenes, strict=False):
        pairs = zip(one.entries, other.entries, strict=False)
        targets = [(sheet.target_of(was.target), after.target_of(now.target)) for was, now in pairs]
        titles = (name if one is scene else one.title) == other.title
        if not titles or any(meant.get(was, was) != now for was, now in targets):
            raise RefusedError(
                "A link to this scene is written so that only the Markdown can change it.", "name"
            )
    if len(after.errors) > len(sheet.errors) or len(after.document.scenes) != len(change.meant.scenes):
        raise RefusedError("This cannot be the name of a scene. Use plain words.", "name")
    return text


def scene_name(sheet: Sheet, typed: str, old: str = "") -> str:
    """A name that a scene can have. RefusedError, with the reason, where it cannot."""
    name = " ".join(typed.split())
    if not slug(name) or not fold(name) or name.startswith("#") or len(name) > LONGEST_NAME:
        raise RefusedError(f"Use a few words with a letter in them, {LONGEST_NAME} letters at most.", "name")
    there = {fold(scene.title): scene.title for scene in sheet.document.scenes if scene.title != old}
    if fold(name) in there:
        raise RefusedError(f"Another scene is called “{there[fold(name)]}” already.", "name")
    return name
