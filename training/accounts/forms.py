"""The forms that people fill in at the door, and what every form of people checks."""

import unicodedata
from typing import Any, cast

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from training.accounts.password_rules import Weakness, find_weakness
from training.accounts.passwords import MAX_LENGTH
from training.accounts.rules import NAME_LENGTH
from training.mail.addresses import AddressError, clean_address
from training.settings import Settings
from training.web.text_fields import PlainText, normal

_WEAK = {
    Weakness.LONG: _l("Use 256 characters or fewer."),
    Weakness.COMMON: _l(
        "This one is guessed early. Take the suggestion, or string a few odd words together."
    ),
    Weakness.ABOUT_YOU: _l("This is made of your name or address, so it is guessed early. Use other words."),
    Weakness.PATTERN: _l("This is a pattern, so it is guessed early. String a few odd words together."),
}


def typed_in(field: StringField | PasswordField) -> str:
    """What was typed; "" before `validate`."""
    return field.data or ""


def visible(text: str | None) -> str:
    """A form shown again must be good HTML, whatever was sent."""
    return "".join(one for one in text or "" if unicodedata.category(one) not in ("Cc", "Cs"))


class SignInForm(FlaskForm):
    """Who somebody is, by e-mail or staff number, and their password."""

    identifier = StringField(
        _l("E-mail or staff number"),
        [
            InputRequired(_l("Type your e-mail or staff number.")),
            Length(max=254, message=_l("That is too long.")),
        ],
        filters=[visible],
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Type your password.")), Length(max=MAX_LENGTH, message=_l("That is too long."))],
    )
    shared = BooleanField(_l("This is a shared computer"))

    @property
    def typed(self) -> tuple[str, str]:
        """The identifier and the password."""
        return typed_in(self.identifier), typed_in(self.password)


class LinkForm(FlaskForm):
    """Who wants a link mailed."""

    identifier = StringField(
        _l("E-mail or staff number"),
        [
            InputRequired(_l("Type your e-mail or staff number.")),
            Length(max=254, message=_l("That is too long.")),
        ],
        filters=[visible],
    )

    @property
    def typed(self) -> str:
        return typed_in(self.identifier)


class CodeForm(FlaskForm):
    """A code that a lead read out."""

    code = StringField(
        _l("Code"),
        [
            InputRequired(_l("Type the code your lead gave you.")),
            Length(max=40, message=_l("That is too long.")),
        ],
        filters=[visible],
    )
    shared = BooleanField(_l("This is a shared computer"))

    @property
    def typed(self) -> str:
        return typed_in(self.code)


class OpenDoorForm(FlaskForm):
    """The one button of a mailed sign-in link."""

    shared = BooleanField(_l("This is a shared computer"))


class NewPasswordForm(FlaskForm):
    """A new password. `about` is set before validation: what must not be all there is to it."""

    about: tuple[str, ...] = ()
    password = PasswordField(_l("New password"), [InputRequired(_l("Type a new password."))])

    def validate_password(self, field: PasswordField) -> None:
        settings = cast("Settings", current_app.extensions["settings"])
        about = (*self.about, settings.site_name)
        least = settings.password_min_length
        weakness = find_weakness(typed_in(field), min_length=least, about=about)
        if weakness is Weakness.SHORT:
            raise ValidationError(
                ngettext("Use %(num)s character or more.", "Use %(num)s characters or more.", least)
            )
        if weakness is not None:
            raise ValidationError(_WEAK[weakness])

    @property
    def new_password(self) -> str:
        return typed_in(self.password)


class ResetForm(NewPasswordForm):
    """A new password, through a mailed link."""

    shared = BooleanField(_l("This is a shared computer"))


class InvitationForm(NewPasswordForm):
    """What an invited person says of themselves."""

    name = StringField(_l("Your name"), [InputRequired(_l("Type your name.")), PlainText()], filters=[normal])
    email = StringField(_l("E-mail"))
    shared = BooleanField(_l("This is a shared computer"))
    asks_for_email = False

    def validate_name(self, field: StringField) -> None:
        check_name(field)

    def validate_email(self, field: StringField) -> None:
        if self.asks_for_email:
            check_address(field)

    @property
    def person(self) -> tuple[str, str | None]:
        """The name and, where the invitation named no address, the e-mail."""
        return typed_in(self.name), typed_in(self.email) if self.asks_for_email else None


def check_name(field: StringField) -> None:
    field.data = " ".join(visible(field.data).split())
    if not field.data:
        raise ValidationError(_("Type your name."))
    if len(field.data) > NAME_LENGTH:
        raise ValidationError(_("Use 120 characters or fewer."))


def check_address(field: StringField) -> None:
    """One address, kept in lower case."""
    try:
        field.data = clean_address(typed_in(field)).lower()
    except AddressError:
        field.data = visible(field.data)
        raise ValidationError(_("Type one e-mail address, such as ana@example.org.")) from None


def add_error(field: Any, words: str) -> None:
    """Say something of a field that only the service could know."""
    field.errors = [*field.errors, words]
