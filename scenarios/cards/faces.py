"""Cards as they are shown: a scene with its replies, and the scenes that a reply can lead to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scenarios.cards.endings import ending_of, ending_parts
from scenarios.cards.marks import Band, band_of, is_effects, skill_of
from scenarios.cards.replies import choices_of
from scenarios.cards.voicing import shown
from scenarios.cards.words import shown_link_words

if TYPE_CHECKING:
    from scenarios.cards.sheet import Sheet
    from scenarios.document import Entry, Line, SceneText


@dataclass(frozen=True)
class SceneName:
    """`outcome` is empty for a scene that goes on; `replies` counts them; `is_open`: it leads nowhere yet."""

    address: str
    title: str
    outcome: str
    replies: int
    is_open: bool
    line: int


@dataclass(frozen=True)
class Spoken:
    """A line: `words` is None where only the Markdown can change it, and `text` is what stands there."""

    kind: str
    speaker: str
    text: str
    words: str | None


@dataclass(frozen=True)
class ReplyCard:
    """`target` is the address it leads to, empty where no scene has the one written, `leads_to`.

    `effects` and `conditions` are as written. `line` is where it stands in the text.
    """

    number: int
    words: str
    band: Band
    skill: str
    target: str
    leads_to: str
    effects: tuple[str, ...]
    conditions: tuple[str, ...]
    lines: tuple[Spoken, ...]
    line: int


@dataclass(frozen=True)
class SceneCard:
    """`others` are its routes and its timer: what leads on by itself, when, and where to."""

    name: SceneName
    lines: tuple[Spoken, ...]
    replies: tuple[ReplyCard, ...]
    others: tuple[tuple[str, str], ...]
    ending: str
    skill: str

    @property
    def takes_replies(self) -> bool:
        return not self.name.outcome and (not self.others or bool(self.replies))


def scene_names(sheet: Sheet) -> tuple[SceneName, ...]:
    return tuple(name_of(sheet, scene) for scene in sheet.document.scenes)


def name_of(sheet: Sheet, scene: SceneText) -> SceneName:
    ending = ending_of(scene)
    return SceneName(
        sheet.address_of(scene),
        scene.title,
        ending_parts(ending)[0],
        len(choices_of(scene)),
        not scene.entries and ending is None,
        scene.where[0],
    )


def read_scene(sheet: Sheet, address: str) -> SceneCard | None:
    """A scene's cards; None where there is no such scene."""
    scene = sheet.find(address)
    if scene is None:
        return None
    titles = {sheet.address_of(one): one.title for one in sheet.document.scenes}
    others = [entry for entry in scene.entries if entry.kind != "choice"]
    return SceneCard(
        name_of(sheet, scene),
        spoken(sheet, scene.lines),
        tuple(reply_card(sheet, scene, entry, at) for at, entry in enumerate(choices_of(scene), 1)),
        tuple((one.lead, titles.get(sheet.target_of(one.target), one.target)) for one in others),
        ending_parts(ending_of(scene))[1],
        skill_of(sheet, scene, None),
    )


def reply_card(sheet: Sheet, scene: SceneText, entry: Entry, number: int) -> ReplyCard:
    return ReplyCard(
        number,
        shown_link_words(entry.text),
        band_of(sheet, entry),
        skill_of(sheet, scene, entry),
        sheet.target_of(entry.target),
        entry.target,
        tuple(one.text for one in entry.details if is_effects(one)),
        tuple(one.text for one in entry.details if not is_effects(one)),
        spoken(sheet, entry.lines),
        entry.where[0],
    )


def spoken(sheet: Sheet, lines: list[Line]) -> tuple[Spoken, ...]:
    return tuple(Spoken(one.kind, one.speaker, one.text, shown(sheet, one)) for one in lines)
