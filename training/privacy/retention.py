"""Nobody's name is kept for ever: people who were barred long ago are erased by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select

from training.accounts import audit
from training.accounts.erasure import OnErase
from training.accounts.models import Person
from training.database import db, transaction
from training.errors import ConflictError
from training.privacy.erasing import erase_person


def erase_the_long_gone(days: int, hooks: Iterable[OnErase], at: datetime) -> int:
    """Erase everybody who has been disabled for `days`; each in a transaction of its own.

    Returns how many went. Whoever still may not go (a team's only lead) stays until they may.
    """
    gone = 0
    since = at - timedelta(days=days)
    due = list(db.session().scalars(select(Person.id).where(Person.disabled_at < since).order_by(Person.id)))
    for person_id in due:
        try:
            with transaction() as session:
                erase_person(session, person_id, by=audit.OPERATOR, at=at, hooks=hooks)
            gone += 1
        except ConflictError:
            continue
    return gone
