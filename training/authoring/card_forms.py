"""The cards as forms. Each has a prefix of its own, so that the fields of a page's cards keep apart."""

from __future__ import annotations

from typing import Any, cast, get_args

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import ValidationError

from scenarios.cards import (
    Band,
    NewReply,
    NewScene,
    ReplyCard,
    ReplyChange,
    Said,
    SceneCard,
    SceneChange,
    SceneName,
)
from scenarios.cards.scenes import Outcome
from scenarios.cards.voicing import Who
from training.web.text_fields import PlainText

NEW_SCENE = "+"
GOOD = [
    SelectChoice("good", _l("Good")),
    SelectChoice("middling", _l("Middling")),
    SelectChoice("harmful", _l("Harmful")),
]
ENDS = [
    SelectChoice("", _l("It goes on")),
    SelectChoice("success", _l("It ends the call: a success")),
    SelectChoice("partial", _l("It ends the call: a partial success")),
    SelectChoice("failure", _l("It ends the call: a failure")),
]
LINES = [PlainText(lines=True)]


def known(choices: tuple[str, ...], value: str | None) -> str:
    """A choice of the page's; whatever else was sent is the first."""
    return value if value in choices else choices[0]


class KeyedForm(FlaskForm):
    """A form among others on one page. `key` begins the names of its fields."""

    class Meta:
        csrf = False  # the whole site's protection reads the token, which has one name in all of them

    def __init__(
        self, sent: MultiDict[str, str] | None, key: str, shown: dict[str, Any] | None = None
    ) -> None:
        super().__init__(sent, prefix=key, data=shown)
        self.key = key


class CardForm(KeyedForm):
    """A card to which a line can be added."""

    who = SelectField(_l("Who"), validate_choice=False)
    said = TextAreaField(_l("Words"), validators=LINES)

    def name_speakers(self, customer: str) -> None:
        self.who.choices = [
            SelectChoice("customer", _l("%(name)s says", name=customer)),
            SelectChoice("told", _l("It is told")),
            SelectChoice("thinks", _l("%(name)s thinks", name=customer)),
            SelectChoice("coach", _l("The coach says")),
        ]

    @property
    def new_lines(self) -> tuple[Said, ...]:
        return (Said(cast("Who", known(get_args(Who), self.who.data)), self.said.data or ""),)


class ReplyForm(CardForm):
    """One reply: a card that stands there, or a new one."""

    words = TextAreaField(_l("What you say"), validators=LINES)
    band = RadioField(_l("How good it is"), choices=GOOD, default="middling", validate_choice=False)
    skill = SelectField(_l("The skill it trains"), validate_choice=False)
    target = SelectField(_l("Where it goes"), validate_choice=False)
    scene_name = StringField(_l("The new scene’s name"), validators=LINES)
    lines = FieldList(TextAreaField(validators=LINES))
    coach = TextAreaField(_l("What the coach says"), validators=LINES)

    def offer(self, scenes: tuple[SceneName, ...], skills: tuple[str, ...], written: str = "") -> None:
        """The scenes and skills to choose from; `written` is an address that no scene has."""
        on, end = str(_l("Goes on")), str(_l("Ends the call"))
        odd = SelectChoice(written, _l("%(name)s: there is no such scene", name=written), optgroup=on)
        goes_on = [SelectChoice(one.address, one.title, optgroup=on) for one in scenes if not one.outcome]
        ends = [SelectChoice(one.address, one.title, optgroup=end) for one in scenes if one.outcome]
        new = SelectChoice(NEW_SCENE, _l("A new scene"), optgroup=on)
        self.target.choices = [odd] * bool(written) + goes_on + [new] + ends
        self.skill.choices = [SelectChoice(one, one.replace("-", " ").capitalize()) for one in skills]

    @property
    def chosen_band(self) -> Band:
        return cast("Band", self.band.data if self.band.data in ("good", "harmful") else "middling")

    @property
    def wants_scene(self) -> str:
        """The name of the scene to add; empty where the reply leads to one that is there."""
        return " ".join((self.scene_name.data or "").split()) if self.target.data == NEW_SCENE else ""

    def validate_scene_name(self, _field: StringField) -> None:
        if self.target.data == NEW_SCENE and not self.wants_scene:
            raise ValidationError(_l("Name the new scene."))

    @property
    def added(self) -> tuple[Said, ...]:
        return (*self.new_lines, Said("coach", self.coach.data or ""))

    def change(self, target: str) -> ReplyChange:
        lines = tuple(str(one or "") for one in self.lines.data)
        skill = self.skill.data or ""
        return ReplyChange(self.words.data or "", self.chosen_band, skill, target, lines, self.added)

    def reply(self, target: str) -> NewReply:
        return NewReply(self.words.data or "", self.chosen_band, self.skill.data or "", target, self.added)


class SceneForm(CardForm):
    """A scene's own words."""

    lines = FieldList(TextAreaField(validators=LINES))
    outcome = SelectField(_l("How it goes on"), choices=ENDS, validate_choice=False)
    ending = TextAreaField(_l("What happened in the end"), validators=LINES)

    @property
    def chosen_outcome(self) -> Outcome:
        return cast("Outcome", known(get_args(Outcome), self.outcome.data))

    @property
    def change(self) -> SceneChange:
        lines = tuple(str(one or "") for one in self.lines.data)
        return SceneChange(lines, self.new_lines, self.chosen_outcome, self.ending.data or "")


class NameForm(KeyedForm):
    """A scene's name."""

    name = StringField(_l("Its name"), validators=[PlainText()])


class NewSceneForm(NameForm):
    outcome = SelectField(_l("How it goes on"), choices=ENDS, validate_choice=False)
    words = TextAreaField(_l("What the customer says, or what happened in the end"), validators=LINES)

    def scene(self, after: str) -> NewScene:
        outcome = cast("Outcome", known(get_args(Outcome), self.outcome.data))
        return NewScene(self.name.data or "", after, outcome, self.words.data or "")


def shown_reply(card: ReplyCard) -> dict[str, Any]:
    """What a reply's card holds when it is opened."""
    return {
        "words": card.words,
        "band": card.band,
        "skill": card.skill,
        "target": card.target or card.leads_to,
        "lines": [one.words for one in card.lines if one.words is not None],
        "who": "customer",
    }


def shown_scene(card: SceneCard) -> dict[str, Any]:
    return {
        "lines": [one.words for one in card.lines if one.words is not None],
        "outcome": card.name.outcome,
        "ending": card.ending,
        "who": "customer" if not any(one.kind == "speech" for one in card.lines) else "told",
    }
