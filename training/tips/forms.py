"""The forms of the weekly tip: an address, a moment of the week, a pause."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, ValidationError

from training.accounts.forms import check_address, typed_in, visible
from training.tips.managing import Moment
from training.tips.rules import is_zone
from training.web.text_fields import PlainText, normal

WEEKDAYS = (
    _l("Monday"),
    _l("Tuesday"),
    _l("Wednesday"),
    _l("Thursday"),
    _l("Friday"),
    _l("Saturday"),
    _l("Sunday"),
)
LONGEST_PAUSE = 366


class AddressForm(FlaskForm):
    """Where the tip is to go."""

    email = StringField(_l("E-mail"), [InputRequired(_l("Type an e-mail address."))])

    def validate_email(self, field: StringField) -> None:
        check_address(field)

    @property
    def address(self) -> str:
        return typed_in(self.email)


class MomentForm(FlaskForm):
    """When the tip is to come."""

    weekday = SelectField(
        _l("Day"), choices=[SelectChoice(at, name) for at, name in enumerate(WEEKDAYS)], coerce=int
    )
    hour = SelectField(
        _l("Hour"), choices=[SelectChoice(hour, f"{hour:02}:00") for hour in range(24)], coerce=int
    )
    time_zone = StringField(_l("Time zone"), [PlainText()], filters=[normal, visible])

    def validate_time_zone(self, field: StringField) -> None:
        if field.data and not is_zone(field.data):
            raise ValidationError(
                _l("There is no such zone. Type one such as Europe/Paris, or leave it empty.")
            )

    @property
    def moment(self) -> Moment:
        return Moment(self.weekday.data, self.hour.data, self.time_zone.data or None)


class PauseForm(FlaskForm):
    """Until when no tip is to come."""

    until = DateField(_l("No tip before"), [InputRequired(_l("Choose a day."))])
    today: date = date.min

    def validate_until(self, field: DateField) -> None:
        if field.data is None or field.data <= self.today:
            raise ValidationError(_l("Choose a day to come."))
        if (field.data - self.today).days > LONGEST_PAUSE:
            raise ValidationError(_l("A year is the longest pause. For longer, stop the tip."))

    @property
    def day(self) -> date:
        return self.until.data or date.max
