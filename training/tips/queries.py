"""What the pages of a subscription show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.mail.models import Message, MessageState
from training.mail.stopping import has_stopped
from training.mail.trouble import Trouble, trouble_of
from training.tips.managing import PURPOSE, address_of
from training.tips.models import Subscription, TipIssue, TipPause
from training.tips.rules import USUAL_HOUR, USUAL_WEEKDAY, Slot, Week, next_tip_at


@dataclass(frozen=True)
class OwnTip:
    """One's own subscription. `time_zone` is "" for the site's; `zone` is the one that counts.

    `next_at` is empty while nothing is to come: the tip was ended, or the whole site's rests. `trouble`: the
    last one did not arrive.
    """

    address: str | None
    weekday: int
    hour: int
    time_zone: str
    zone: str
    paused_until: date | None
    is_on: bool
    next_at: datetime | None
    trouble: Trouble | None
    with_returns: bool = False


def tip_of_person(session: Session, person_id: int, site_zone: str, at: datetime) -> OwnTip:
    """What somebody with an account gets, whether they ever chose anything or not."""
    found = session.scalar(select(Subscription).where(Subscription.person_id == person_id))
    if found is not None:
        return own_tip(session, found, site_zone, at)
    email = session.get_one(Person, person_id).email
    slot = Slot(USUAL_WEEKDAY, USUAL_HOUR, site_zone)
    is_on = not (email and has_stopped(session, email, purpose=PURPOSE))
    coming = _next_at(session, slot, None, at) if email and is_on else None
    trouble = trouble_of(session, email, purpose=PURPOSE) if email else None
    return OwnTip(email, slot.weekday, slot.hour, "", site_zone, None, is_on, coming, trouble)


def own_tip(session: Session, subscription: Subscription, site_zone: str, at: datetime) -> OwnTip:
    """A subscription as its owner sees it."""
    zone = subscription.time_zone or site_zone
    address = address_of(subscription)
    is_on = subscription.ended_at is None
    pause = subscription.paused_until
    paused = pause if pause is not None and pause > at.date() else None
    coming = None
    if is_on and address:
        slot = Slot(subscription.weekday, subscription.hour, zone)
        coming = _on_its_way(session, address, at) or _next_at(session, slot, pause, at)
    return OwnTip(
        address,
        subscription.weekday,
        subscription.hour,
        subscription.time_zone or "",
        zone,
        paused,
        is_on,
        coming,
        trouble_of(session, address, purpose=PURPOSE) if address else None,
        subscription.with_returns,
    )


def is_resting(session: Session) -> bool:
    """Whether a trainer has paused the tip for everybody."""
    return session.scalar(select(TipPause.id).where(TipPause.resumed_at.is_(None)).limit(1)) is not None


def newest_issue(session: Session) -> Week | None:
    """The newest week whose issue was made."""
    row = session.execute(
        select(TipIssue.year, TipIssue.week).order_by(TipIssue.year.desc(), TipIssue.week.desc()).limit(1)
    ).first()
    return Week(row.year, row.week) if row is not None else None


def _on_its_way(session: Session, address: str, at: datetime) -> datetime | None:
    """When the tip leaves that waits in the outbox for its moment: what was withheld does not."""
    return session.scalar(
        select(Message.not_before)
        .where(
            Message.to_address == address,
            Message.purpose == PURPOSE,
            Message.state == MessageState.QUEUED,
            Message.not_before > at,
        )
        .order_by(Message.not_before)
        .limit(1)
    )


def _next_at(session: Session, slot: Slot, pause: date | None, at: datetime) -> datetime | None:
    if is_resting(session):
        return None
    return next_tip_at(slot, at, made=newest_issue(session), paused_until=pause)
