"""Writing mail: a row in the outbox, in the transaction of whatever caused it. Sending is `delivery`."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training.mail.addresses import clean_address
from training.mail.composition import Composed, compose
from training.mail.models import Message, MessageState
from training.mail.stopping import address_hash

# A message without whom it went to and what it said: that it went is all that is kept.
BLANK: dict[str, Any] = {
    "to_address": None,
    "address_hash": None,
    "token_values": None,
    "subject": "",
    "text": "",
    "html": "",
    "problem": "",
}


def queue_message(
    session: Session, *, purpose: str, to: str, template: str, values: dict[str, Any], dedupe_key: str
) -> bool:
    """Put one mail to one address in the outbox; False where `dedupe_key` was there before.

    `template` names a folder of templates/mail. Raises AddressError for anything but one address. The mail
    goes out only if the transaction commits, and the request does not wait for it.
    """
    return queue_composed(
        session, purpose=purpose, to=to, composed=compose(template, values), dedupe_key=dedupe_key
    )


def queue_composed(session: Session, *, purpose: str, to: str, composed: Composed, dedupe_key: str) -> bool:
    """As `queue_message`, for a mail that was composed before."""
    address = clean_address(to)
    known = select(Message.id).where(Message.dedupe_key == dedupe_key)
    if session.scalar(known) is not None:
        return False
    message = Message(
        dedupe_key=dedupe_key,
        purpose=purpose,
        to_address=address,
        address_hash=address_hash(session, address),
        subject=composed.subject,
        text=composed.text,
        html=composed.html,
    )
    try:
        with session.begin_nested():
            session.add(message)
    except IntegrityError:  # somebody else wrote it between our look and our line
        return False
    return True


def forget_address(session: Session, address: str) -> None:
    """Nothing more goes to this address, and what went to it is kept without address and words."""
    to_it = Message.to_address == clean_address(address)
    session.execute(delete(Message).where(to_it, Message.state == MessageState.QUEUED))
    session.execute(update(Message).where(to_it, Message.state != MessageState.SENDING).values(BLANK))


def resend(session: Session, public_id: str, at: datetime) -> bool:
    """Queue an uncertain message once more, knowingly: it may arrive twice, under one Message-ID.

    False where it is not uncertain (any more), or where nothing of it was kept.
    """
    done = session.execute(
        update(Message)
        .where(
            Message.public_id == public_id,
            Message.state == MessageState.UNCERTAIN,
            Message.to_address.is_not(None),
        )
        .values(state=MessageState.QUEUED, leased_by=None, leased_until=None, not_before=at, tries=0)
        .returning(Message.id)
    )
    return done.first() is not None
