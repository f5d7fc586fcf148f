"""Sign-in codes: eight characters that a lead reads out to somebody without a mailbox."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from training.accounts import audit
from training.accounts.models import Person
from training.accounts.rules import clean_code, new_code
from training.accounts.service.signing_in import Visit, open_session
from training.accounts.token_models import SignInCode
from training.accounts.tokens import SpentTokenError, find_by_hash, use_token, withdraw
from training.viewer import Viewer

_ROUNDS = 50_000


def hash_of_code(code: str) -> str:
    """What is stored of a code. Short, so hashed slowly: too slowly to search in fifteen minutes."""
    return hashlib.pbkdf2_hmac("sha256", code.encode(), b"sign-in code", _ROUNDS).hex()


def issue_code(session: Session, person: Person, by: Viewer, at: datetime) -> str:
    """A new code for `person`, to be read out by `by`, who must be allowed to; only the newest one counts."""
    withdraw(session, SignInCode, person.id, at)
    code = new_code()
    session.add(
        SignInCode(
            token_hash=hash_of_code(code),
            person_id=person.id,
            issued_by_id=by.id,
            created_at=at,
            expires_at=at + SignInCode.lifetime,
        )
    )
    session.flush()
    audit.append(session, actor=by.public_id, action="sign-in code issued", subject=person.public_id, at=at)
    return code


def sign_in_with_code(session: Session, token_hash: str, visit: Visit, at: datetime) -> str:
    """Begin a session for whoever the code was issued to; returns the cookie's secret.

    `token_hash` is `hash_of_code`, computed before the write lock is taken. Raises SpentTokenError.

    The lead knows the code too. It proves who is there only where nothing else can: for somebody without a
    mailbox who forgot their password. Whoever has an address is asked before password or address change.
    """
    token = find_by_hash(session, SignInCode, token_hash, at)
    if token.person.disabled_at is not None:
        raise SpentTokenError
    use_token(session, token, at)
    return open_session(session, token.person, visit, at, proved=token.person.email is None)


def hash_typed_code(typed: str) -> str:
    """The stored form of a code as somebody typed it; "" where it cannot be a code, which costs nothing."""
    code = clean_code(typed)
    return hash_of_code(code) if code else ""
