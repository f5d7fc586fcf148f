"""One-time tokens of every purpose: made, looked at, used. Looking changes nothing."""

from datetime import datetime
from typing import TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from training.accounts.sessions import hash_of, new_secret
from training.accounts.token_models import (
    EmailChange,
    Invitation,
    OneTimeToken,
    PasswordReset,
    SignInCode,
    SignInLink,
)
from training.errors import NotFoundError

Token = TypeVar("Token", bound=OneTimeToken)
PersonToken = SignInLink | PasswordReset | EmailChange | SignInCode | Invitation
MAX_LENGTH = 100


def token_url(base_url: str, purpose: str, secret: str) -> str:
    """The address that carries a secret. `base_url` is the configured one, never a request's host."""
    return f"{base_url}/t/{purpose}/{secret}"


class SpentTokenError(NotFoundError):
    """The token is used, too old, bent, or of another purpose: one page says what to do for all of them."""


def add_token(session: Session, token: Token, at: datetime) -> str:
    """Store a new token without its secret; returns the secret, which only its address will hold."""
    secret = new_secret()
    token.token_hash = hash_of(secret)
    token.created_at, token.expires_at = at, at + token.lifetime
    session.add(token)
    session.flush()
    return secret


def find_token(session: Session, kind: type[Token], secret: str, at: datetime) -> Token:
    """The live token behind a secret; raises SpentTokenError for every other."""
    if len(secret) > MAX_LENGTH:
        raise SpentTokenError
    return find_by_hash(session, kind, hash_of(secret), at)


def find_by_hash(session: Session, kind: type[Token], token_hash: str, at: datetime) -> Token:
    """As `find_token`, for what is stored."""
    found = session.scalar(select(kind).where(kind.token_hash == token_hash))
    if found is None or found.used_at is not None or found.expires_at <= at:
        raise SpentTokenError
    return found


def use_token(session: Session, token: Token, at: datetime) -> None:
    """Mark a token used; of two requests that try, one raises SpentTokenError."""
    kind = type(token)
    used = session.execute(
        update(kind)
        .where(kind.id == token.id, kind.used_at.is_(None), kind.expires_at > at)
        .values(used_at=at)
        .returning(kind.id)
        .execution_options(synchronize_session=False)
    ).first()
    if used is None:
        raise SpentTokenError
    session.refresh(token)


def withdraw(session: Session, kind: type[PersonToken], person_id: int, at: datetime) -> None:
    """Use up every live token of a kind that a person has."""
    live = (kind.person_id == person_id, kind.used_at.is_(None))
    session.execute(update(kind).where(*live).values(used_at=at))
