"""No address is kept past thirty days after it was needed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Delete, delete
from sqlalchemy.orm import Session

from training.tips.models import Subscription
from training.tips.token_models import TipAddressChange, TipConfirmation, TipManageLink

KEPT = timedelta(days=30)


def forget_ended(session: Session, at: datetime) -> int:
    """Delete subscriptions of addresses that ended thirty days ago, and links that old; returns how many.

    That the address wants no tip stays known, as a hash, and the links to stop in old mails go on answering.
    Of somebody with an account the row stays: it says that they want none.
    """
    ended = (Subscription.person_id.is_(None), Subscription.ended_at < at - KEPT)
    statements: list[Delete] = [delete(Subscription).where(*ended)]
    statements += [
        delete(kind).where(kind.expires_at < at - KEPT)
        for kind in (TipConfirmation, TipAddressChange, TipManageLink)
    ]
    return sum(len(session.execute(one.returning(one.table.c.id)).all()) for one in statements)
