"""What people fill in about a team."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from training.teams.models import Role
from training.teams.rules import LONGEST_NAME
from training.web.text_fields import PlainText, normal

ROLES = {Role.LEARNER: _l("Learner"), Role.LEAD: _l("Lead"), Role.TRAINER: _l("Trainer")}


class TeamForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """What a team is called."""

    name = StringField(
        _l("Name of the team"),
        filters=[normal],
        validators=[
            DataRequired(_l("Give the team a name.")),
            Length(max=LONGEST_NAME, message=_l("Use 80 characters or fewer.")),
            PlainText(),
        ],
    )


class DeskCardForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """The desk card, in Markdown; empty takes it away."""

    text = TextAreaField(
        _l("The desk card"),
        filters=[normal],
        validators=[Length(max=4000, message=_l("Use 4,000 characters or fewer.")), PlainText(lines=True)],
    )


class MembershipForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Somebody who already has an account, and what they are to be in the team."""

    who = StringField(
        _l("E-mail or staff number"),
        filters=[normal],
        validators=[DataRequired(_l("Say who joins.")), Length(max=254)],
    )
    role = SelectField(_l("Role in the team"), choices=list(ROLES.items()), default=Role.LEARNER)

    @property
    def chosen_role(self) -> Role:
        return Role(self.role.data)


class InvitationForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Somebody new: their name, and where the invitation goes."""

    name = StringField(
        _l("Name"),
        filters=[normal],
        validators=[DataRequired(_l("Say who you invite.")), Length(max=120), PlainText()],
    )
    who = StringField(
        _l("E-mail or staff number"),
        filters=[normal],
        validators=[
            DataRequired(_l("Give an e-mail address, or a staff number where there is no mailbox.")),
            Length(max=254),
            PlainText(),
        ],
    )
