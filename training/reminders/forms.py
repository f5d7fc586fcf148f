"""A lead's own words to somebody, and the clock of a team."""

from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length

from training.web.text_fields import PlainText, normal

LONGEST = 1000


class NudgeForm(FlaskForm):
    """Plain words, several lines if need be."""

    words = TextAreaField(
        _l("What you write"),
        [
            DataRequired(_l("Write a sentence or two.")),
            Length(max=LONGEST, message=_l("Keep it under 1000 characters.")),
            PlainText(lines=True),
        ],
        filters=[normal],
    )

    @property
    def said(self) -> str:
        return self.words.data or ""


class ClockForm(FlaskForm):
    """The zone that a team lives by."""

    time_zone = SelectField(_l("Time zone"))

    def offer(self, sites: str) -> "ClockForm":
        """The site's own zone first, then every zone by name."""
        zones = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
        self.time_zone.choices = [SelectChoice("", _l("As the site: %(zone)s", zone=sites))]
        self.time_zone.choices += [SelectChoice(name, name) for name in zones]
        return self

    @property
    def zone(self) -> str:
        return str(self.time_zone.data)
