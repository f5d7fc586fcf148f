"""People whom an admin entered: they are here, and come in by an invitation that lets them set a password."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from training.accounts import audit
from training.accounts.models import Person
from training.accounts.service.people import withdraw_sign_in_tokens
from training.accounts.service.signing_in import Visit, open_session
from training.accounts.sessions import end_all_sessions
from training.accounts.token_models import Invitation
from training.accounts.tokens import SpentTokenError, add_token, use_token, withdraw
from training.errors import InvalidError
from training.mail.service import queue_message


class HasPasswordError(InvalidError):
    """They have come in already: an invitation would be a way around their password."""


def invite_entered(session: Session, person: Person, *, by: Person | None, at: datetime) -> str:
    """Invite somebody who is here and has no password, mailed where they have an address; returns the secret.

    Only the newest invitation counts. Raises HasPasswordError.
    """
    if person.password_hash is not None or person.disabled_at is not None:
        raise HasPasswordError(
            _("They have come in already. Who forgot their password asks for a link on the sign-in page.")
        )
    withdraw(session, Invitation, person.id, at)
    invitation = Invitation(
        name=person.name,
        email=person.email,
        staff_number=person.staff_number,
        invited_by_id=by.id if by else None,
        person_id=person.id,
    )
    secret = add_token(session, invitation, at)
    if person.email is not None:
        queue_message(
            session,
            purpose="invitation",
            to=person.email,
            template="invitation",
            values={"name": person.name, "token": secret, "inviter": by.name if by else ""},
            dedupe_key=f"invitation:{invitation.id}",
        )
    actor = by.public_id if by else audit.OPERATOR
    audit.append(session, actor=actor, action="invited", subject=person.public_id, at=at)
    return secret


def welcome(
    session: Session, invitation: Invitation, name: str, password_hash: str, visit: Visit, at: datetime
) -> str:
    """Let somebody who was entered set their password and come in; returns the cookie's secret.

    Worth nothing once they have a password or are disabled: then it raises SpentTokenError.
    """
    person = session.get_one(Person, invitation.person_id)
    if person.password_hash is not None or person.disabled_at is not None:
        raise SpentTokenError
    use_token(session, invitation, at)
    person.name, person.password_hash = name, password_hash
    end_all_sessions(session, person.id, at)
    withdraw_sign_in_tokens(session, person.id, at)
    audit.append(session, actor=person.public_id, action="joined", subject=person.public_id, at=at)
    return open_session(session, person, visit, at)
