"""What people do with their own account."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training.accounts import audit, throttle
from training.accounts.models import Person, SignInSession
from training.accounts.service.links import replace_password
from training.accounts.service.people import find_namesake, withdraw_sign_in_tokens
from training.accounts.service.signing_in import Visit, open_session
from training.accounts.sessions import RECENT, end_session
from training.accounts.token_models import EmailChange
from training.accounts.tokens import SpentTokenError, add_token, find_token, use_token, withdraw
from training.errors import NotFoundError
from training.mail.service import queue_message


def is_recently_confirmed(session: Session, session_id: int, at: datetime) -> bool:
    """Did this browser prove who is at it (by password or mailed link) within the last fifteen minutes?"""
    confirmed = session.scalar(select(SignInSession.confirmed_at).where(SignInSession.id == session_id))
    return confirmed is not None and at - confirmed < RECENT


def confirm(session: Session, session_id: int, at: datetime) -> None:
    """Note that the person at this browser proved just now who they are."""
    session.execute(update(SignInSession).where(SignInSession.id == session_id).values(confirmed_at=at))


def change_password(session: Session, person_id: int, new_hash: str, visit: Visit, at: datetime) -> str:
    """Set one's own password. Ends every session; returns the secret of the new one in this browser."""
    person = session.get_one(Person, person_id)
    replace_password(session, person, new_hash, at)
    return open_session(session, person, visit, at)


def request_email_change(session: Session, person_id: int, new_email: str, at: datetime) -> None:
    """Mail a link to `new_email`, which counts once the link is used; only the newest one does.

    Where somebody else has that address nothing is sent, and nothing is said: it would tell who is here.
    Raises ThrottledError.
    """
    key = throttle.bucket_key("mail-address", new_email)
    throttle.admit(session, key, throttle.MAIL_ADDRESS, at)
    throttle.admit(session, f"mail-person:{person_id}", throttle.MAIL_ADDRESS, at)
    withdraw(session, EmailChange, person_id, at)
    if find_namesake(session, new_email, None) is not None:
        return
    token = EmailChange(person_id=person_id, new_email=new_email)
    secret = add_token(session, token, at)
    queue_message(
        session,
        purpose="email_change",
        to=new_email,
        template="email_change",
        values={"name": session.get_one(Person, person_id).name, "token": secret},
        dedupe_key=f"email_change:{token.id}",
    )


def change_email(session: Session, secret: str, at: datetime) -> str:
    """Use the mailed link: the new address counts, the old one is told. Returns the new one.

    Raises SpentTokenError, also where the address was taken meanwhile.
    """
    token = find_token(session, EmailChange, secret, at)
    person, old = token.person, token.person.email
    taken = find_namesake(session, token.new_email, None)
    if person.disabled_at is not None or taken is not None:
        raise SpentTokenError
    use_token(session, token, at)
    withdraw_sign_in_tokens(session, person.id, at)  # what went to the old mailbox opens nothing any more
    try:
        with session.begin_nested():
            person.email = token.new_email
    except IntegrityError:  # somebody took it between our look and our line
        raise SpentTokenError from None
    if old is not None:
        queue_message(
            session,
            purpose="email_changed",
            to=old,
            template="email_changed",
            values={"name": person.name},
            dedupe_key=f"email_changed:{token.id}",
        )
    audit.append(session, actor=person.public_id, action="e-mail changed", subject=person.public_id, at=at)
    return token.new_email


def sign_out_there(session: Session, person_id: int, session_id: int, at: datetime) -> None:
    """End one of one's own sessions; twice is harmless. Raises NotFoundError for somebody else's."""
    owner = session.scalar(select(SignInSession.person_id).where(SignInSession.id == session_id))
    if owner != person_id:
        raise NotFoundError
    end_session(session, session_id, at)
