"""The cards of one scene, each with its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from scenarios.cards import (
    ReplyCard,
    SceneCard,
    SceneName,
    Sheet,
    Spoken,
    open_sheet,
    read_scene,
    scene_names,
)
from training.authoring.card_forms import (
    KeyedForm,
    NameForm,
    NewSceneForm,
    ReplyForm,
    SceneForm,
    shown_reply,
    shown_scene,
)
from training.authoring.checking import Checked
from training.authoring.editor_page import DraftSeen, Problem, draft_seen, problem_of
from training.authoring.models import Draft, DraftSave

Form = NameForm | ReplyForm | SceneForm
Made = TypeVar("Made", bound=KeyedForm)


@dataclass(frozen=True)
class Field:
    """A line of a card that can be changed here, or `text` alone where it cannot."""

    line: Spoken
    at: int


@dataclass(frozen=True)
class Reply:
    card: ReplyCard
    form: ReplyForm
    fields: tuple[Field, ...]
    has_coach: bool
    has_reaction: bool


@dataclass(frozen=True)
class CardsPage:
    """`version` is the save that the cards were read from. `stops` are errors that hide the cards.

    `sent` is the form that was refused, if one was; it holds what was typed.
    """

    draft: DraftSeen
    version: int
    customer: str
    scenes: tuple[SceneName, ...]
    scene: SceneCard | None
    fields: tuple[Field, ...]
    form: SceneForm
    name: NameForm
    replies: tuple[Reply, ...]
    new_reply: ReplyForm
    new_scene: NewSceneForm
    problems: tuple[Problem, ...]
    stops: tuple[Problem, ...]
    sent: Form | None
    at: str


def cards_page(
    draft: Draft, save: DraftSave, checked: Checked, address: str, at: str, sent: Form | None = None
) -> CardsPage:
    """The cards of the scene at an address (the first one's where there is none) in a save's text."""
    sheet = open_sheet(save.text)
    scenes = scene_names(sheet) if not sheet.errors else ()
    there = address if any(one.address == address for one in scenes) else ""
    card = read_scene(sheet, there or scenes[0].address) if scenes else None
    forms = Forms(sheet, scenes, sent)
    return CardsPage(
        draft=draft_seen(draft, save),
        version=save.number,
        customer=sheet.customer,
        scenes=scenes,
        scene=card,
        fields=fields_of(card.lines) if card else (),
        form=forms.scene(card),
        name=forms.name(card),
        replies=tuple(forms.reply(one) for one in card.replies) if card else (),
        new_reply=forms.new_reply(card),
        new_scene=forms.new_scene(),
        problems=problems_in(checked, card, scenes),
        stops=tuple(problem_of(one) for one in sheet.errors),
        sent=sent,
        at=at,
    )


class Forms:
    """Makes the forms of a page; the one that was sent takes the place of its like."""

    def __init__(self, sheet: Sheet, scenes: tuple[SceneName, ...], sent: Form | None) -> None:
        self.sheet = sheet
        self.scenes = scenes
        self.sent = sent

    def scene(self, card: SceneCard | None) -> SceneForm:
        form = self._sent_or(SceneForm, "scene-", shown_scene(card) if card else {})
        form.name_speakers(self.sheet.customer)
        return form

    def name(self, card: SceneCard | None) -> NameForm:
        return self._sent_or(NameForm, "title-", {"name": card.name.title if card else ""})

    def reply(self, card: ReplyCard) -> Reply:
        form = self._sent_or(ReplyForm, f"reply-{card.number}-", shown_reply(card))
        form.offer(self.scenes, self.sheet.skills, "" if card.target else card.leads_to)
        form.name_speakers(self.sheet.customer)
        kinds = {one.kind for one in card.lines}
        return Reply(
            card, form, fields_of(card.lines), "coach" in kinds, bool(kinds & {"speech", "narration"})
        )

    def new_reply(self, card: SceneCard | None) -> ReplyForm:
        form = self._sent_or(ReplyForm, "new-", {"skill": card.skill if card else "", "who": "customer"})
        form.offer(self.scenes, self.sheet.skills)
        form.name_speakers(self.sheet.customer)
        return form

    def new_scene(self) -> NewSceneForm:
        return self._sent_or(NewSceneForm, "more-")

    def _sent_or(self, kind: type[Made], key: str, shown: dict[str, Any] | None = None) -> Made:
        form = self.sent
        return form if isinstance(form, kind) and form.key == key else kind(None, key, shown)


def fields_of(lines: tuple[Spoken, ...]) -> tuple[Field, ...]:
    fields, at = list[Field](), 0
    for one in lines:
        fields.append(Field(one, at))
        at += one.words is not None
    return tuple(fields)


def problems_in(
    checked: Checked, card: SceneCard | None, scenes: tuple[SceneName, ...]
) -> tuple[Problem, ...]:
    """What is wrong between the scene's heading and the next one's."""
    if card is None:
        return ()
    after = min((one.line for one in scenes if one.line > card.name.line), default=10**9)
    found = [one for one in checked.diagnostics if card.name.line <= one.line < after]
    return tuple(problem_of(one) for one in found)
