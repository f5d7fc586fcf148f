"""What trainers fill in, the text of a draft apart."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from training.library.formats.shelf import address_from
from training.library.models import Kind
from training.web.text_fields import PlainText, normal

KINDS = [
    SelectChoice(Kind.SCENARIO.value, _l("A call")),
    SelectChoice(Kind.LESSON.value, _l("A tip")),
    SelectChoice(Kind.MODULE.value, _l("A module")),
    SelectChoice(Kind.SKILL.value, _l("A skill")),
]


class TitledForm(FlaskForm):
    """Anything that begins with a title. Its address is made of it."""

    title = StringField(
        _l("Its title"),
        filters=[normal],
        validators=[
            DataRequired(_l("Give it a title.")),
            Length(max=120, message=_l("Use 120 characters or fewer.")),
            PlainText(),
        ],
    )

    def validate_title(self, field: StringField) -> None:
        if not self.slug:
            raise ValidationError(_l("Use a few letters from a to z: its address is made of them."))

    @property
    def slug(self) -> str:
        """Its address; empty where the title makes none."""
        return address_from(self.title.data or "")

    @property
    def name(self) -> str:
        return self.title.data or ""


class NewDraftForm(TitledForm):
    """Something new: what it is and what it is called."""

    kind = RadioField(_l("What is it?"), choices=KINDS, default=Kind.SCENARIO.value)

    @property
    def chosen_kind(self) -> Kind:
        return Kind(self.kind.data)


class PublishForm(FlaskForm):
    """A note for the history, and which live revision was compared with."""

    live = HiddenField(validators=[Regexp(r"\d{1,6}\Z")])
    note = StringField(
        _l("What changes, and why"),
        filters=[normal],
        validators=[Length(max=400, message=_l("Use 400 characters or fewer.")), PlainText()],
    )

    @property
    def seen(self) -> int:
        return int(self.live.data or 0)

    @property
    def said(self) -> str:
        return self.note.data or ""


class WithdrawForm(FlaskForm):
    """What was wrong, in words for those who played it."""

    words = TextAreaField(
        _l("What was wrong, and what is right"),
        filters=[normal],
        validators=[
            DataRequired(_l("Say what was wrong: everybody who played it reads this.")),
            Length(max=400, message=_l("Use 400 characters or fewer.")),
            PlainText(lines=True),
        ],
    )

    scene = SelectField(_l("Where the line stands"), default="")

    @property
    def said(self) -> str:
        return self.words.data or ""

    @property
    def where(self) -> str:
        """The scene's address; empty for the call as a whole."""
        return self.scene.data or ""
