"""What people say back, and what trainers answer."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp

from training.web.text_fields import PlainText, normal


class RemarkForm(FlaskForm):
    """One sentence about a turn: plain text, without a name unless its writer says otherwise."""

    text = StringField(
        _l("I would have said …, or: this is wrong because …"),
        filters=[normal],
        validators=[
            DataRequired(_l("Write one sentence.")),
            Length(max=300, message=_l("Use 300 characters or fewer.")),
            PlainText(),
        ],
    )
    is_named = BooleanField(_l("Send my name with it"))

    @property
    def said(self) -> str:
        return self.text.data or ""


class StoryForm(FlaskForm):
    """What happened, in two lines."""

    text = TextAreaField(
        _l("What happened?"),
        filters=[normal],
        validators=[
            DataRequired(_l("Write what happened, in two lines.")),
            Length(max=400, message=_l("Use 400 characters or fewer: two lines are enough.")),
            PlainText(lines=True),
        ],
    )

    @property
    def said(self) -> str:
        return self.text.data or ""


class AnswerForm(FlaskForm):
    """A trainer's answer to a remark. Empty closes it without a word."""

    words = TextAreaField(
        _l("Your answer"),
        filters=[normal],
        validators=[Length(max=600, message=_l("Use 600 characters or fewer.")), PlainText(lines=True)],
    )

    @property
    def said(self) -> str:
        return self.words.data or ""


class RecheckForm(FlaskForm):
    """The reply picked, by its place in the file; empty where the decision is gone."""

    choice = HiddenField(validators=[Regexp(r"\d?\Z")])

    @property
    def picked(self) -> int | None:
        return int(self.choice.data) if self.choice.data else None
