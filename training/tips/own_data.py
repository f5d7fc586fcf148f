"""All that is kept of a subscription, for its owner to take along."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from training.library.models import Item
from training.tips.managing import address_of
from training.tips.models import Subscription, TipAnswer, TipDelivery, TipIssue
from training.tips.rules import Week


def own_data(session: Session, subscription: Subscription) -> dict[str, Any]:
    """Plain values, ready for JSON: what was chosen, which tips went there and when, what was answered."""
    rows = session.execute(
        select(
            TipIssue.year,
            TipIssue.week,
            Item.slug,
            TipDelivery.due_at,
            TipAnswer.reply,
            TipAnswer.answered_at,
        )
        .join(TipIssue, TipIssue.id == TipDelivery.issue_id)
        .join(Item, Item.id == TipIssue.item_id)
        .outerjoin(
            TipAnswer,
            and_(TipAnswer.issue_id == TipIssue.id, TipAnswer.subscription_id == TipDelivery.subscription_id),
        )
        .where(TipDelivery.subscription_id == subscription.id)
        .order_by(TipIssue.year, TipIssue.week)
    )
    return {
        "address": address_of(subscription),
        "weekday": subscription.weekday,
        "hour": subscription.hour,
        "time_zone": subscription.time_zone,
        "with_returns": subscription.with_returns,
        "paused_until": subscription.paused_until and subscription.paused_until.isoformat(),
        "began_at": subscription.began_at.isoformat(),
        "ended_at": subscription.ended_at and subscription.ended_at.isoformat(),
        "tips": [
            {
                "week": str(Week(year, week)),
                "tip": slug,
                "due_at": due.isoformat(),
                "reply": reply,
                "answered_at": answered and answered.isoformat(),
            }
            for year, week, slug, due, reply, answered in rows
        ],
    }
