"""What nobody can use any more is not kept for ever."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, or_
from sqlalchemy.orm import Session

from training.accounts.models import SignInSession
from training.accounts.sessions import LEARNER
from training.accounts.token_models import EmailChange, Invitation, PasswordReset, SignInCode, SignInLink

KEPT = timedelta(days=30)
_KINDS = (Invitation, SignInLink, PasswordReset, EmailChange, SignInCode)


def clean_up_tokens(session: Session, at: datetime) -> int:
    """Delete links and codes that ran out, and sessions that ended, thirty days ago; returns how many.

    A session that nobody ended is over once the longest that any may last has passed.
    """
    old = at - KEPT
    over = or_(SignInSession.ended_at < old, SignInSession.started_at < old - LEARNER.whole)
    statements = [delete(kind).where(kind.expires_at < old) for kind in _KINDS]
    statements.append(delete(SignInSession).where(over))
    return sum(cast("CursorResult[Any]", session.execute(one)).rowcount for one in statements)
