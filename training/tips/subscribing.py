"""Coming onto the list by an address: nothing but one question goes there until its owner said yes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from training.accounts import throttle
from training.accounts.models import Person
from training.accounts.sessions import new_secret
from training.accounts.tokens import add_token, find_token, use_token
from training.mail.service import queue_message
from training.tips.managing import begin, issue_manage_link
from training.tips.models import Subscription
from training.tips.token_models import TipConfirmation


def request_subscription(session: Session, address: str, network: str, at: datetime) -> None:
    """Write to `address` (as `check_address` leaves it) whatever its owner needs to get the tip.

    A question to say yes to; a link to what they have, where they are on the list; where they have an
    account, a word about that. The asker learns nothing of it. Raises ThrottledError where their network,
    not the address, has asked too often.
    """
    if not throttle.admit_mail(session, address, network, at):
        return
    if session.scalar(select(Person.id).where(Person.email == address, Person.disabled_at.is_(None))):
        _mail(session, address, "tip_have_account", token=new_secret())
        return
    found = session.scalar(select(Subscription).where(Subscription.email == address))
    if found is not None and found.ended_at is None:
        _mail(session, address, "tip_manage", token=issue_manage_link(session, found.id, at))
        return
    token = add_token(session, TipConfirmation(email=address), at)
    _mail(session, address, "tip_confirm", token=token)


def confirm_subscription(session: Session, secret: str, at: datetime) -> str:
    """The owner of the address said yes: the tip comes from now on. Returns the secret of a manage link.

    Every other question to that address is answered with it. Raises SpentTokenError.
    """
    token = find_token(session, TipConfirmation, secret, at)
    use_token(session, token, at)
    others = (TipConfirmation.email == token.email, TipConfirmation.used_at.is_(None))
    session.execute(update(TipConfirmation).where(*others).values(used_at=at))
    found = session.scalar(select(Subscription).where(Subscription.email == token.email))
    if found is None:
        found = Subscription(email=token.email, began_at=at)
        session.add(found)
        session.flush()
    begin(session, found, at)
    return issue_manage_link(session, found.id, at)


def _mail(session: Session, to: str, template: str, token: str) -> None:
    queue_message(
        session,
        purpose=template,
        to=to,
        template=template,
        values={"token": token},
        dedupe_key=f"{template}:{new_secret()}",
    )
