"""Who leads and who trains is changed only by an admin who proved a moment ago who they are."""

from flask_babel import gettext as _

from training.accounts.forms import add_error
from training.accounts.proof import is_known_by, is_recent
from training.accounts.queries import own_account
from training.database import db
from training.teams.forms import ProofForm
from training.web import viewer

__all__ = ["is_proved", "is_recent"]


def is_proved(form: ProofForm) -> bool:
    """By a sign-in just now, else by the password in the form. The form says if not."""
    if is_recent() or is_known_by(form.password, own_account(db.session(), viewer().id)):
        return True
    add_error(form.current, _("This is not your password. Type it again."))
    return False
