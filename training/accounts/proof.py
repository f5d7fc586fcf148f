"""Is it still the person who signed in? Asked before what a passer-by at an open browser must not do."""

from training.accounts import service
from training.accounts.doorway import network, settings
from training.accounts.queries import OwnAccount
from training.clock import now
from training.database import db, transaction
from training.web import viewer


def is_recent() -> bool:
    """Did this browser prove who is at it within the last fifteen minutes?"""
    return service.is_recently_confirmed(db.session(), viewer().session_id, now())


def is_known_by(password: str, account: OwnAccount) -> bool:
    """Whether `password` is the viewer's own, asked behind the throttle; if so, it is proof from now on."""
    known_as = account.email or account.staff_number or ""
    with transaction() as session:
        service.admit_try(session, known_as, network(), now())
    if service.recognise(db.session(), known_as, password, cheap=settings().cheap_hashes) is None:
        return False
    with transaction() as session:
        service.confirm(session, viewer().session_id, now())
        service.forget_tries(session, known_as, network(), now())
    return True
