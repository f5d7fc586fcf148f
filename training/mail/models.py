"""The outbox: every mail is a row before it is a message."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from training.clock import now
from training.database import Base, new_public_id


class MessageState(StrEnum):
    """Where a message is.

    `UNCERTAIN`: handed over, the server's answer never came; not resent by itself. `SUPPRESSED`: not sent,
    because its address wants none, or takes none, or whoever queued it withheld it. `RETURNED`: handed over,
    and a delivery report said later that it did not arrive.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    SUPPRESSED = "suppressed"
    RETURNED = "returned"


class Priority(IntEnum):
    """What somebody waits for goes before what goes to many; what is held does not go."""

    DIRECT = 0
    BULK = 1
    HELD = 9


class Mailing(Base):
    """One composed mail to many: kept once, with slots for what differs. Its messages hold only that."""

    __tablename__ = "mailing"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    purpose: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(250))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    unsubscribe_url: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)


class Message(Base):
    """One mail to one address. `dedupe_key` makes writing it twice impossible.

    A queued message with a lease is in some sender's hand and not begun; one that is `sending` is begun.
    One of a mailing has no texts of its own, but `token_values`: what goes into the mailing's slots.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_state_priority_not_before", "state", "priority", "not_before"),
        Index("ix_message_mailing_id_state", "mailing_id", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    dedupe_key: Mapped[str] = mapped_column(String(120), unique=True)
    purpose: Mapped[str] = mapped_column(String(40))
    to_address: Mapped[str | None] = mapped_column(String(254), index=True)
    address_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    mailing_id: Mapped[int | None] = mapped_column(ForeignKey("mailing.id"))
    token_values: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    priority: Mapped[int] = mapped_column(default=Priority.DIRECT)
    subject: Mapped[str] = mapped_column(String(250))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default=MessageState.QUEUED)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    not_before: Mapped[datetime] = mapped_column(default=now)
    leased_until: Mapped[datetime | None]
    leased_by: Mapped[str | None] = mapped_column(String(40))
    sent_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(String(250), default="")
