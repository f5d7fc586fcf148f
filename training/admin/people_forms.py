"""What an admin decides about one person."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length

from training.admin.people_queries import Account
from training.teams.forms import ROLES
from training.teams.models import Role
from training.web.text_fields import normal


class RightsForm(FlaskForm):
    """What a person may do in the whole site."""

    is_trainer = BooleanField(_l("Trainer: writes and publishes"))
    is_admin = BooleanField(_l("Admin: people, teams, settings"))

    @property
    def rights(self) -> dict[str, bool]:
        return {"is_trainer": bool(self.is_trainer.data), "is_admin": bool(self.is_admin.data)}


class PlaceForm(FlaskForm):
    """A place in a team, beside those a person has or instead of one."""

    team = StringField(
        _l("Team"),
        filters=[normal],
        validators=[DataRequired(_l("Say which team.")), Length(max=80, message=_l("That is too long."))],
    )
    role = SelectField(_l("Role in the team"), choices=ROLES, default=Role.LEARNER.value)
    instead = SelectField(_l("They leave"))

    @classmethod
    def about(cls, account: Account) -> "PlaceForm":
        """The form with the teams that this person may leave for it."""
        form = cls()
        places: Sequence[tuple[str, str]] = [(place.slug, place.team) for place in account.teams_now]
        form.instead.choices = [SelectChoice("", _l("No team")), *(SelectChoice(*place) for place in places)]
        return form

    @property
    def called(self) -> str:
        return self.team.data or ""

    @property
    def chosen_role(self) -> Role:
        return Role(self.role.data)

    @property
    def left(self) -> str:
        """The address of the team that they leave, or ""."""
        return self.instead.data or ""
