"""One mail to many. What a feature needs:

    composed = compose("tip", {"token": slot("token"), "name": slot("name"), …})     # once, with slots
    queue_mailing(session, key="tip:2026-W47", purpose="tip", composed=composed,
                  unsubscribe_url=f"{base_url}/t/unsubscribe/{slot('token')}",
                  recipients=[Recipient(key=subscription.public_id, to=…, values={"token": …, "name": …}), …])
    withhold(session, mailing_key="tip:2026-W47", reason="skipped")                  # what has not left yet
    suppress(session, address, purpose="tip", reason="unsubscribed", at=now())        # training.mail.stopping

Everything happens in the caller's transaction: recipients are frozen when it commits, and nobody is sent a
mailing twice. A suppression is looked at again at the moment of sending.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from training.clock import now
from training.database import new_public_id
from training.mail.addresses import AddressError, clean_address
from training.mail.composition import Composed
from training.mail.models import Mailing, Message, MessageState, Priority
from training.mail.slots import check_value, fill_header, slots_in
from training.mail.stopping import address_key, hash_under

_AT_ONCE = 500


@dataclass(frozen=True)
class Recipient:
    """Somebody a mailing goes to. `key` names them within it; nothing is sent before `not_before`.

    `values` are what goes into the slots: one printable line each. Those that stand in the unsubscribe
    address are letters, digits, `_`, `.`, `~` and `-` only. They are forgotten once the mail is sent.
    """

    key: str
    to: str
    values: dict[str, str] = field(default_factory=dict)
    not_before: datetime | None = None


def queue_mailing(
    session: Session,
    *,
    key: str,
    purpose: str,
    composed: Composed,
    recipients: Iterable[Recipient],
    unsubscribe_url: str = "",
) -> int:
    """Queue `composed` for everybody in `recipients`; returns how many were new.

    Called again with the same `key` it adds who is new, to the texts of the first time. An address that is
    none becomes a failed message and stops nobody else. Raises ValueError where a slot has no value, or one
    that cannot stand there.
    """
    if slots_in(composed.subject):
        raise ValueError("a subject is the same for everybody")
    mailing = session.scalars(select(Mailing).where(Mailing.key == key)).one_or_none()
    if mailing is None:
        mailing = Mailing(
            key=key,
            purpose=purpose,
            subject=composed.subject,
            text=composed.text,
            html=composed.html,
            unsubscribe_url=unsubscribe_url,
        )
        session.add(mailing)
        session.flush()
    rows = _rows(session, mailing, recipients)
    added = 0
    while chunk := list(islice(rows, _AT_ONCE)):
        added += _insert_new(session, chunk)
    return added


def _rows(session: Session, mailing: Mailing, recipients: Iterable[Recipient]) -> Iterator[dict[str, Any]]:
    wanted = slots_in(mailing.text, mailing.html, mailing.unsubscribe_url)
    hash_key, at = address_key(session), now()
    for one in recipients:
        if missing := wanted - one.values.keys():
            raise ValueError(f"slots without a value: {', '.join(sorted(missing))}")
        values = {name: check_value(one.values[name]) for name in sorted(wanted)}
        fill_header(mailing.unsubscribe_url, values)
        row: dict[str, Any] = {
            "public_id": new_public_id(),
            "dedupe_key": f"{mailing.key}:{one.key}",
            "purpose": mailing.purpose,
            "mailing_id": mailing.id,
            "priority": Priority.BULK,
            "subject": "",
            "text": "",
            "html": "",
            "created_at": at,
            "not_before": one.not_before or at,
        }
        yield row | _where_to(one.to, hash_key, values)


def _where_to(to: str, hash_key: bytes, values: dict[str, str]) -> dict[str, Any]:
    try:
        address = clean_address(to)
    except AddressError:
        problem = {"state": MessageState.FAILED, "problem": "not one e-mail address"}
        return {"to_address": None, "address_hash": None, "token_values": None, **problem}
    hashed = hash_under(hash_key, address)
    queued = {"state": MessageState.QUEUED, "problem": ""}
    return {"to_address": address, "address_hash": hashed, "token_values": values, **queued}


def _insert_new(session: Session, rows: list[dict[str, Any]]) -> int:
    """Insert those that are not there; whoever else inserts the same at the same time loses nothing."""
    keys = [row["dedupe_key"] for row in rows]
    known = set(session.scalars(select(Message.dedupe_key).where(Message.dedupe_key.in_(keys))))
    new = [row for row in rows if row["dedupe_key"] not in known]
    if not new:
        return 0
    keys_of = [Message.dedupe_key]
    if session.get_bind().dialect.name == "sqlite":
        session.connection().execute(
            sqlite.insert(Message).on_conflict_do_nothing(index_elements=keys_of), new
        )
    else:
        session.connection().execute(
            postgresql.insert(Message).on_conflict_do_nothing(index_elements=keys_of), new
        )
    return len(new)


def withhold(
    session: Session,
    *,
    reason: str,
    mailing_key: str | None = None,
    recipient_key: str | None = None,
    purpose: str | None = None,
    to: str | None = None,
    before: datetime | None = None,
) -> int:
    """Suppress what is queued and not begun, of a mailing, of one of its recipients, or to an address;
    `before` leaves what is due then or later.

    Narrowed by all that is given; returns how many. What is being handed over at this moment still goes.
    """
    conditions = [Message.state == MessageState.QUEUED]
    if mailing_key is not None and recipient_key is not None:
        conditions.append(Message.dedupe_key == f"{mailing_key}:{recipient_key}")
    elif mailing_key is not None:
        conditions.append(Message.mailing_id.in_(select(Mailing.id).where(Mailing.key == mailing_key)))
    if purpose is not None:
        conditions.append(Message.purpose == purpose)
    if to is not None:
        conditions.append(Message.to_address == clean_address(to))
    if len(conditions) == 1:
        raise ValueError("say what is to be withheld")
    if before is not None:
        conditions.append(Message.not_before < before)
    done = session.execute(
        update(Message)
        .where(*conditions)
        .values(state=MessageState.SUPPRESSED, problem=reason[:250], token_values=None, leased_until=None)
        .returning(Message.id)
    )
    return len(done.all())
