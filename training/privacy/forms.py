"""The form behind which somebody goes for good."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired, Length


class ErasureForm(FlaskForm):
    """Said on purpose, by whoever signed in."""

    sure = BooleanField(
        _l("I know that this cannot be undone"), [InputRequired(_l("Tick this if you are sure."))]
    )
    current = PasswordField(_l("Your password"), [Length(max=256, message=_l("That is too long."))])

    @property
    def password(self) -> str:
        return self.current.data or ""
