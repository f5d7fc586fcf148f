"""What people fill in to say something."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from training.library.discussion.rules import LONGEST
from training.web.text_fields import PlainText, normal, showable


class CommentForm(FlaskForm):
    """Plain text: no Markdown, no HTML. Whole https addresses become links when it is shown."""

    text = TextAreaField(
        _l("What you want to say"),
        filters=[normal],
        validators=[
            DataRequired(_l("Write something first.")),
            Length(max=LONGEST, message=_l("Use 2,000 characters or fewer.")),
            PlainText(lines=True),
        ],
    )

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        is_good = bool(super().validate(extra_validators))
        if not is_good:
            self.text.data = showable(self.said)
        return is_good

    @property
    def said(self) -> str:
        return self.text.data or ""
