"""Who is on the list now, and when each wants the tip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.mail.stopping import address_key, hash_under
from training.mail.stopping_models import Suppression
from training.tips.managing import PURPOSE
from training.tips.models import Subscription
from training.tips.rules import USUAL_HOUR, USUAL_WEEKDAY, Slot, Week, sends_at


@dataclass(frozen=True)
class Reader:
    """Somebody on the list now. `returns_to`: the person whose mail carries what came back to them."""

    subscription_id: int
    key: str
    address: str
    has_account: bool
    slot: Slot
    began_at: datetime
    paused_until: date | None
    returns_to: int | None

    def sends_at(self, week: Week) -> datetime | None:
        return sends_at(week, self.slot, began_at=self.began_at, paused_until=self.paused_until)


def slots_in_use(session: Session, site_zone: str) -> set[Slot]:
    """The moments at which anybody wants the tip, and the usual one: for those who never chose."""
    chosen = select(Subscription.weekday, Subscription.hour, Subscription.time_zone)
    rows = session.execute(chosen.where(Subscription.ended_at.is_(None)).distinct())
    found = {Slot(weekday, hour, zone or site_zone) for weekday, hour, zone in rows}
    return found | {Slot(USUAL_WEEKDAY, USUAL_HOUR, site_zone)}


def list_readers(session: Session, site_zone: str) -> list[Reader]:
    """Everybody on the list, once for each address: an account goes before an address alone."""
    _complete(session)
    rows = session.execute(
        select(Subscription, Person.email)
        .outerjoin(Person, Person.id == Subscription.person_id)
        .where(
            Subscription.ended_at.is_(None),
            or_(Subscription.email.is_not(None), Person.email.is_not(None)),
            Person.disabled_at.is_(None),
        )
        .order_by(Subscription.person_id.is_(None), Subscription.id)
    )
    found: dict[str, Reader] = {}
    for one, email in rows:
        address = email or one.email or ""
        place = Slot(one.weekday, one.hour, one.time_zone or site_zone)
        reader = Reader(
            subscription_id=one.id,
            key=one.public_id,
            address=address,
            has_account=bool(email),
            slot=place,
            began_at=one.began_at,
            paused_until=one.paused_until,
            returns_to=one.person_id if one.with_returns else None,
        )
        found.setdefault(address.lower(), reader)
    return list(found.values())


def _complete(session: Session) -> None:
    """Everybody with an account and an address begins on the list: a row for those who have none yet."""
    missing = session.execute(
        select(Person.id, Person.email, Person.created_at)
        .outerjoin(Subscription, Subscription.person_id == Person.id)
        .where(Subscription.id.is_(None), Person.email.is_not(None), Person.disabled_at.is_(None))
    ).all()
    if not missing:
        return
    key = address_key(session)
    stopped = set(session.scalars(select(Suppression.address_hash).where(Suppression.purpose == PURPOSE)))
    for person_id, email, since in missing:
        ended_at = since if hash_under(key, email or "") in stopped else None
        session.add(Subscription(person_id=person_id, began_at=since, ended_at=ended_at))
    session.flush()
