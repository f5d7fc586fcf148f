"""Who leads and who trains is changed only by an admin who proved a moment ago who they are."""

from flask_babel import gettext as _

from training.accounts import service
from training.accounts.doorway import network, settings
from training.accounts.forms import add_error
from training.accounts.queries import own_account
from training.clock import now
from training.database import db, transaction
from training.teams.forms import ProofForm
from training.web import viewer


def is_recent() -> bool:
    """Did this browser prove who is at it within the last fifteen minutes?"""
    return service.is_recently_confirmed(db.session(), viewer().session_id, now())


def is_proved(form: ProofForm) -> bool:
    """By a sign-in just now, else by the password in the form, behind the throttle. The form says if not."""
    if is_recent():
        return True
    account = own_account(db.session(), viewer().id)
    known_as = account.email or account.staff_number or ""
    with transaction() as session:
        service.admit_try(session, known_as, network(), now())
    cheap = settings().cheap_hashes
    if service.recognise(db.session(), known_as, form.password, cheap=cheap) is None:
        add_error(form.current, _("This is not your password. Type it again."))
        return False
    with transaction() as session:
        service.confirm(session, viewer().session_id, now())
        service.forget_tries(session, known_as, network(), now())
    return True
