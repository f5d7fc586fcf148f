"""What people fill in about a team."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length, ValidationError

from training.accounts.rules import clean_staff_number
from training.accounts.service import Invitee
from training.mail.addresses import AddressError, clean_address
from training.teams.models import Role
from training.teams.rules import LONGEST_NAME
from training.web.text_fields import PlainText, normal

ROLES = [
    SelectChoice(Role.LEARNER.value, _l("Learner")),
    SelectChoice(Role.LEAD.value, _l("Lead")),
    SelectChoice(Role.TRAINER.value, _l("Trainer")),
]


def addressed(who: str) -> tuple[str | None, str | None]:
    """An e-mail address or else a staff number, as they are kept. Raises ValueError for neither."""
    if "@" in who:
        return clean_address(who).lower(), None
    return None, clean_staff_number(who)


def check_who(field: StringField) -> None:
    try:
        addressed(field.data or "")
    except (AddressError, ValueError) as problem:
        raise ValidationError(_l("This is neither an e-mail address nor a staff number.")) from problem


class TeamForm(FlaskForm):
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

    @property
    def team_name(self) -> str:
        return self.name.data or ""


class DeskCardForm(FlaskForm):
    """The desk card, in Markdown; empty takes it away."""

    text = TextAreaField(
        _l("The desk card"),
        filters=[normal],
        validators=[Length(max=4000, message=_l("Use 4,000 characters or fewer.")), PlainText(lines=True)],
    )

    @property
    def card(self) -> str:
        return self.text.data or ""


class ProofForm(FlaskForm):
    """A change of rights: the admin's own password, where this browser was not signed in just now."""

    current = PasswordField(_l("Your password"), [Length(max=256, message=_l("That is too long."))])

    @property
    def password(self) -> str:
        return self.current.data or ""


class MembershipForm(ProofForm):
    """Somebody who already has an account, and what they are to be in the team."""

    who = StringField(
        _l("E-mail or staff number"),
        filters=[normal],
        validators=[DataRequired(_l("Say who joins.")), Length(max=254)],
    )
    role = SelectField(_l("Role in the team"), choices=ROLES, default=Role.LEARNER.value)

    @property
    def identifier(self) -> str:
        return self.who.data or ""

    @property
    def chosen_role(self) -> Role:
        return Role(self.role.data)


class InvitationForm(FlaskForm):
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

    def validate_who(self, field: StringField) -> None:
        check_who(field)

    def invitee(self, team_id: int) -> Invitee:
        """Whom the form, once valid, invites: as a learner of this team."""
        email, staff_number = addressed(self.who.data or "")
        return Invitee(self.name.data or "", email, staff_number, team_id=team_id)
