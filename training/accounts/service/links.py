"""What is mailed to somebody who asks for it: a link to sign in, a link to set a new password."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.accounts import audit, throttle
from training.accounts.models import Person
from training.accounts.rules import clean_identifier
from training.accounts.service.people import find_by_identifier, withdraw_sign_in_tokens
from training.accounts.service.signing_in import Visit, open_session
from training.accounts.sessions import end_all_sessions, new_secret
from training.accounts.token_models import PasswordReset, SignInLink
from training.accounts.tokens import SpentTokenError, add_token, find_token, use_token, withdraw
from training.mail.service import queue_message

NOBODY = "nobody@example.invalid"


def request_sign_in_link(session: Session, identifier: str, network: str, at: datetime) -> None:
    """Mail a link to whoever was named, if there is such a person with an address.

    The same work is done for nobody, so neither the answer nor its time tells who exists. Raises
    ThrottledError where the network, not the address, has asked too often.
    """
    _mail(session, _addressee(session, identifier, network, at), "sign_in_link", issue_sign_in_link, at)


def issue_sign_in_link(session: Session, person_id: int, at: datetime) -> str:
    """The secret of a sign-in link that is handed over, not mailed: for the operator, who printed it."""
    return add_token(session, SignInLink(person_id=person_id), at)


def request_reset(session: Session, identifier: str, network: str, at: datetime) -> None:
    """Mail a link that sets a new password; as `request_sign_in_link`. Only the newest link counts."""
    _mail(session, _addressee(session, identifier, network, at), "password_reset", _issue_reset, at)


def _issue_reset(session: Session, person_id: int, at: datetime) -> str:
    withdraw(session, PasswordReset, person_id, at)
    return add_token(session, PasswordReset(person_id=person_id), at)


def sign_in_with_link(session: Session, secret: str, visit: Visit, at: datetime) -> str:
    """Use a link: begin a session, return the cookie's secret. Raises SpentTokenError."""
    token = find_token(session, SignInLink, secret, at)
    if token.person.disabled_at is not None:
        raise SpentTokenError
    use_token(session, token, at)
    return open_session(session, token.person, visit, at)


def reset_password(session: Session, secret: str, new_hash: str, visit: Visit, at: datetime) -> str:
    """Use a link to set a new password, sign out everywhere, and begin a session. Raises SpentTokenError."""
    token = find_token(session, PasswordReset, secret, at)
    person = token.person
    if person.disabled_at is not None:
        raise SpentTokenError
    use_token(session, token, at)
    replace_password(session, person, new_hash, at)
    return open_session(session, person, visit, at)


def replace_password(session: Session, person: Person, new_hash: str, at: datetime) -> None:
    """Set a password: every session ends, every link and code is spent, and the person is told by mail."""
    person.password_hash = new_hash
    end_all_sessions(session, person.id, at)
    withdraw_sign_in_tokens(session, person.id, at)
    if person.email is not None:
        queue_message(
            session,
            purpose="password_changed",
            to=person.email,
            template="password_changed",
            values={"name": person.name},
            dedupe_key=f"password_changed:{new_secret()}",
        )
    audit.append(session, actor=person.public_id, action="password changed", subject=person.public_id, at=at)


def _addressee(session: Session, identifier: str, network: str, at: datetime) -> Person | None:
    """Who was named, if a mail may go to them now. Every mail a stranger can cause is counted."""
    may_send = throttle.admit_mail(session, clean_identifier(identifier), network, at)
    person = find_by_identifier(session, identifier)
    return person if may_send and person is not None and person.email is not None else None


def _mail(
    session: Session,
    person: Person | None,
    template: str,
    issue: Callable[[Session, int, datetime], str],
    at: datetime,
) -> None:
    """Issue the token and queue its mail. For nobody all of it is written for a stand-in and taken back.

    Without that, an address that is not here was answered in half the time.
    """
    stand_in = person or session.scalar(select(Person).order_by(Person.id).limit(1))
    if stand_in is None:
        return  # nobody at all is here yet
    with session.begin_nested() as written:
        secret = issue(session, stand_in.id, at)
        queue_message(
            session,
            purpose=template,
            to=(person.email if person else None) or NOBODY,
            template=template,
            values={"name": person.name if person else "nobody", "token": secret},
            dedupe_key=f"{template}:{new_secret()}",
        )
        if person is None:
            written.rollback()
