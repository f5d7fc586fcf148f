"""The forms of a person's own account page."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional

from training.accounts.forms import NewPasswordForm, check_address, check_name, typed_in
from training.accounts.passwords import MAX_LENGTH
from training.accounts.preferences import PACES, Preferences
from training.web.text_fields import PlainText, normal


class ChangePasswordForm(NewPasswordForm):
    """One's own password: the old one too, unless this browser proved it just now."""

    current = PasswordField(
        _l("Your password now"), [Length(max=MAX_LENGTH, message=_l("That is too long."))]
    )

    @property
    def current_password(self) -> str:
        return typed_in(self.current)


class EmailForm(FlaskForm):
    """A new address for oneself."""

    email = StringField(_l("New e-mail"), [InputRequired(_l("Type your new e-mail."))])
    current = PasswordField(
        _l("Your password now"), [Length(max=MAX_LENGTH, message=_l("That is too long."))]
    )

    def validate_email(self, field: StringField) -> None:
        check_address(field)

    @property
    def new_email(self) -> str:
        return typed_in(self.email)

    @property
    def current_password(self) -> str:
        return typed_in(self.current)


class NameForm(FlaskForm):
    """What one is called."""

    name = StringField(_l("Name"), [InputRequired(_l("Type your name.")), PlainText()], filters=[normal])

    def validate_name(self, field: StringField) -> None:
        check_name(field)

    @property
    def typed(self) -> str:
        return typed_in(self.name)


class PreferencesForm(FlaskForm):
    """How a call behaves for this person."""

    number_keys = BooleanField(_l("Number keys"))
    call_clock = BooleanField(_l("Call clock"))
    timed_lines = BooleanField(_l("Timed lines"))
    say_first = BooleanField(_l("Say yours first"))
    pace = RadioField(
        _l("Pace of timed lines"),
        [Optional()],
        choices=[
            SelectChoice(1, _l("As written")),
            SelectChoice(2, _l("Twice as long")),
            SelectChoice(3, _l("Three times as long")),
        ],
        coerce=int,
    )

    @classmethod
    def holding(cls, chosen: Preferences) -> "PreferencesForm":
        """The form, ticked as these preferences are."""
        return cls(obj=chosen)

    @property
    def chosen(self) -> Preferences:
        pace = self.pace.data
        return Preferences(
            number_keys=bool(self.number_keys.data),
            call_clock=bool(self.call_clock.data),
            timed_lines=bool(self.timed_lines.data),
            pace=pace if pace in PACES else 1,
            say_first=bool(self.say_first.data),
        )
