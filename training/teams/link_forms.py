"""What is filled in about links to join, by who makes one and by who opens one."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import get_timezone
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from training.accounts.forms import NewPasswordForm, check_name, typed_in
from training.teams.forms import addressed, check_who
from training.web.i18n import today_here
from training.web.text_fields import PlainText, normal

LONGEST = timedelta(days=90)
USUAL = timedelta(days=14)
MOST = 500


class LinkForm(FlaskForm):
    """Until when a link lets people in, and how many."""

    until = DateField(_l("Last day"), [InputRequired(_l("Give a day."))])
    places = IntegerField(
        _l("For how many people"),
        [InputRequired(_l("Give a number.")), NumberRange(1, MOST, _l("Give a number from 1 to 500."))],
    )

    def validate_until(self, field: DateField) -> None:
        if field.data is None or not today_here() <= field.data <= today_here() + LONGEST:
            raise ValidationError(_("Give a day from today to ninety days from now."))

    @classmethod
    def usual(cls) -> "LinkForm":
        """A fresh form: two weeks, thirty people."""
        return cls(formdata=None, until=today_here() + USUAL, places=30)

    @property
    def ends_at(self) -> datetime:
        """The end of the last day, where the site is."""
        day: date = self.until.data or today_here()
        return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(str(get_timezone())))

    @property
    def count(self) -> int:
        return self.places.data or 1


class JoinForm(NewPasswordForm):
    """Who somebody new is."""

    name = StringField(_l("Your name"), [InputRequired(_l("Type your name.")), PlainText()], filters=[normal])
    who = StringField(
        _l("E-mail or staff number"),
        filters=[normal],
        validators=[
            DataRequired(_l("Type your e-mail or staff number.")),
            Length(max=254, message=_l("That is too long.")),
            PlainText(),
        ],
    )
    shared = BooleanField(_l("This is a shared computer"))

    def validate_name(self, field: StringField) -> None:
        check_name(field)

    def validate_who(self, field: StringField) -> None:
        check_who(field)

    @property
    def identity(self) -> tuple[str, str | None, str | None]:
        """Name, e-mail, staff number; one of the last two."""
        return typed_in(self.name), *addressed(typed_in(self.who))
