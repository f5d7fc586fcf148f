"""One's own subscription: its moment, a pause, another address, its end and its beginning again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from training.accounts import throttle
from training.accounts.models import Person
from training.accounts.sessions import hash_of, new_secret
from training.accounts.tokens import MAX_LENGTH, SpentTokenError, add_token, find_token, use_token
from training.mail.mailing import withhold
from training.mail.service import queue_message
from training.mail.stopping import ANY_PURPOSE, allow_again, has_stopped, suppress
from training.tips.models import Subscription, TipDelivery
from training.tips.token_models import TipAddressChange, TipManageLink

PURPOSE = "tip"


@dataclass(frozen=True)
class Moment:
    """When somebody wants the tip. `time_zone` is None for the site's own."""

    weekday: int
    hour: int
    time_zone: str | None


def own_subscription(session: Session, person_id: int) -> Subscription:
    """The subscription of somebody with an account; everybody has one, made when it is first written to."""
    found = session.scalar(select(Subscription).where(Subscription.person_id == person_id))
    if found is not None:
        return found
    person = session.get_one(Person, person_id)
    made = Subscription(person_id=person_id, began_at=person.created_at)
    if person.email and has_stopped(session, person.email, purpose=PURPOSE):
        made.ended_at = person.created_at
    session.add(made)
    session.flush()
    return made


def issue_manage_link(session: Session, subscription_id: int, at: datetime) -> str:
    """The secret of a link to one's own subscription, good for a day."""
    return add_token(session, TipManageLink(subscription_id=subscription_id), at)


def find_managed(session: Session, secret: str, at: datetime) -> Subscription:
    """The subscription behind a manage link. Raises SpentTokenError."""
    return find_token(session, TipManageLink, secret, at).subscription


def choose_moment(session: Session, subscription: Subscription, moment: Moment) -> None:
    """From the next issue on the tip comes then."""
    subscription.weekday, subscription.hour = moment.weekday, moment.hour
    subscription.time_zone = moment.time_zone
    session.flush()


def choose_returns(session: Session, subscription: Subscription, *, wanted: bool) -> None:
    """Whether the mail carries, beside the tip, a decision that came back. For people with an account."""
    subscription.with_returns = wanted
    session.flush()


def pause(session: Session, subscription: Subscription, until: date | None, site_zone: str) -> None:
    """No tip before the day `until`, what waits in the outbox included; None ends a pause."""
    subscription.paused_until = until
    address = address_of(subscription)
    if until is not None and address:
        begins = datetime.combine(until, time(), ZoneInfo(subscription.time_zone or site_zone))
        withhold(session, purpose=PURPOSE, to=address, before=begins, reason="paused by the reader")
    session.flush()


def end(session: Session, subscription: Subscription, at: datetime) -> None:
    """No tip goes to this address any more, whoever put it on the list, until it begins again. Idempotent.

    The outbox knows it too: what is queued is not sent, and it stays so when the subscription is erased.
    """
    address = address_of(subscription)
    for one in session.scalars(select(Subscription).where(_of(subscription, address))):
        if one.ended_at is None:
            one.ended_at = at
    if address:
        suppress(session, address, purpose=PURPOSE, reason="unsubscribed", at=at)
    session.flush()


def begin(session: Session, subscription: Subscription, at: datetime) -> None:
    """The tip comes from now on, to an address that was given up as well: its owner says that it works.

    For somebody who gets it already nothing changes.
    """
    if subscription.ended_at is not None:
        subscription.began_at, subscription.ended_at, subscription.paused_until = at, None, None
    if address := address_of(subscription):
        for purpose in (PURPOSE, ANY_PURPOSE):  # whoever says so knows that the address works again
            allow_again(session, address, purpose=purpose)
    session.flush()


def find_stopped(session: Session, secret: str) -> TipDelivery:
    """The delivery whose mail held this link to stop, however old. Raises SpentTokenError."""
    if len(secret) > MAX_LENGTH:
        raise SpentTokenError
    found = session.scalar(select(TipDelivery).where(TipDelivery.stop_hash == hash_of(secret)))
    if found is None:
        raise SpentTokenError
    return found


def stop(session: Session, secret: str, at: datetime) -> None:
    """Take the reader of a mail off the list, by its link. Again, or years later, it is no different."""
    delivery = find_stopped(session, secret)
    if delivery.subscription is not None:
        end(session, delivery.subscription, at)


def request_address_change(
    session: Session, subscription: Subscription, new_email: str, network: str, at: datetime
) -> None:
    """Ask the new address; it counts once its owner said yes. Raises ThrottledError as for subscribing."""
    if not throttle.admit_mail(session, new_email, network, at):
        return
    change = TipAddressChange(subscription_id=subscription.id, new_email=new_email)
    queue_message(
        session,
        purpose="tip_address",
        to=new_email,
        template="tip_address",
        values={"token": add_token(session, change, at)},
        dedupe_key=f"tip_address:{new_secret()}",
    )


def change_address(session: Session, secret: str, at: datetime) -> str:
    """The owner of the new address said yes: the tip goes there. Returns the secret of a manage link.

    Where that address was on the list already it stays there once, as it was. Raises SpentTokenError.
    """
    token = find_token(session, TipAddressChange, secret, at)
    use_token(session, token, at)
    mine = token.subscription
    there = session.scalar(select(Subscription).where(Subscription.email == token.new_email))
    if there is None:
        mine.email = token.new_email
        there = mine
    elif there.id != mine.id:
        end(session, mine, at)
    begin(session, there, at)
    return issue_manage_link(session, there.id, at)


def address_of(subscription: Subscription) -> str | None:
    """Where this subscription's mail goes."""
    return subscription.person.email if subscription.person is not None else subscription.email


def _of(subscription: Subscription, address: str | None) -> ColumnElement[bool]:
    """In SQL: this subscription, and any other to the same address."""
    person = select(Person.id).where(Person.email == address)
    same = or_(Subscription.email == address, Subscription.person_id.in_(person))
    return or_(Subscription.id == subscription.id, same) if address else Subscription.id == subscription.id
