"""The good call as a trainer writes it down."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from scenarios.slugs import fold
from training.authoring.forms import TitledForm
from training.authoring.ideal_path import MOST_TURNS, IdealPath, read_path
from training.web.text_fields import PlainText, normal, showable

LONGEST_CALL = 40_000
MOST_SKILLS = 4
FALLBACK = ("restrain", "redirect", "recuse")


class IdealCallForm(TitledForm):
    """Who rings, who answers, and how the call goes when somebody does it well."""

    customer = StringField(
        _l("Who rings"),
        filters=[normal],
        validators=[
            DataRequired(_l("Say who rings: a name, and what they do.")),
            Length(max=120, message=_l("Use 120 characters or fewer.")),
            PlainText(),
        ],
    )
    you = StringField(
        _l("Who answers"),
        filters=[normal],
        validators=[
            DataRequired(_l("Say who answers: a name, and where they sit.")),
            Length(max=120, message=_l("Use 120 characters or fewer.")),
            PlainText(),
        ],
    )
    call = TextAreaField(
        _l("The good call"),
        filters=[normal],
        validators=[
            DataRequired(_l("Write what is said, one line for each.")),
            Length(max=LONGEST_CALL, message=_l("That is very long for one call. Write its first half.")),
        ],
    )
    skills = SelectMultipleField(
        _l("What it practises"),
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[Length(max=MOST_SKILLS, message=_l("Choose four at most."))],
    )

    def offer(self, skills: dict[str, str]) -> None:
        """Let it choose among these skills, by address and title."""
        self.skills.choices = [SelectChoice(slug, title) for slug, title in skills.items()]

    def validate_customer(self, field: StringField) -> None:
        if field.data and not fold(field.data.split()[0]):
            raise ValidationError(_l("Begin with a name: its first word stands before what is said."))

    def validate_call(self, field: TextAreaField) -> None:
        turns = len(self.path.turns)
        field.data = showable(field.data or "")
        if not turns:
            raise ValidationError(_l("Write at least one line of theirs and one of yours."))
        if turns > MOST_TURNS:
            raise ValidationError(
                _l("A call of more than forty turns is two calls. Write the first of them.")
            )

    @property
    def path(self) -> IdealPath:
        return read_path(self.call.data or "", self.customer.data or "", self.you.data or "")

    @property
    def chosen_skills(self) -> tuple[str, ...]:
        """Those chosen; else the first that there are; else the three of the shipped calls."""
        offered = [str(one.value) for one in self.skills.choices or ()]  # type: ignore[union-attr]
        return tuple(self.skills.data or offered[:3] or FALLBACK)
