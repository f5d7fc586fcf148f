"""What people fill in around a huddle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange
from wtforms.validators import Optional as MayBeEmpty

from training.huddles.decisions import HuddleDecision
from training.huddles.rules import LONGEST_NOTE, MOST_VOTES, clean_code
from training.web.text_fields import PlainText, normal


class CodeForm(FlaskForm):
    """The code on the screen."""

    code = StringField(
        _l("The code on the screen"),
        filters=[normal],
        validators=[DataRequired(_l("Type the code.")), Length(max=40), PlainText()],
    )

    @property
    def cleaned(self) -> str:
        return clean_code(self.code.data or "")


class NoteForm(FlaskForm):
    """How the team will say it; empty takes the note away."""

    text = TextAreaField(
        _l("How we will say it"),
        filters=[normal],
        validators=[
            Length(max=LONGEST_NOTE, message=_l("Use 600 characters or fewer.")),
            PlainText(lines=True),
        ],
    )

    @property
    def words(self) -> str:
        return self.text.data or ""


class HandsForm(FlaskForm):
    """How many hands went up for each reply. Its fields are made for one decision by `hands_form`."""

    def counts(self, decision: HuddleDecision) -> dict[int, int]:
        """By reply; an empty field is nobody."""
        return {reply.value: self[f"reply_{reply.value}"].data or 0 for reply in decision.replies}


def hands_form(decision: HuddleDecision, counted: Mapping[int, int]) -> HandsForm:
    """A field for each reply, named by its place on the page, with what was typed before."""

    class Counts(HandsForm):
        pass

    for place, reply in enumerate(decision.replies, 1):
        field: Any = IntegerField(
            _l("Hands for reply %(place)s", place=place),
            validators=[
                MayBeEmpty(),
                NumberRange(0, MOST_VOTES, message=_l("Type a number from 0 to %(most)s.", most=MOST_VOTES)),
            ],
        )
        setattr(Counts, f"reply_{reply.value}", field)
    return Counts(data={f"reply_{value}": count for value, count in counted.items()})
