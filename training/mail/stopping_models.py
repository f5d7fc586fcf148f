"""Which addresses get nothing more, known by a keyed hash alone; and how fast mail goes out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from training.database import Base


class AddressKey(Base):
    """The one key of all hashes of addresses. It lies beside them: see docs/decisions.md."""

    __tablename__ = "address_key"
    id: Mapped[int] = mapped_column(primary_key=True)
    secret: Mapped[str] = mapped_column(String(64))


class Suppression(Base):
    """An address that gets no mail of a purpose, or of any where the purpose is empty. Survives erasure."""

    __tablename__ = "suppression"
    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(40), primary_key=True)
    reason: Mapped[str] = mapped_column(String(120))
    since: Mapped[datetime]


class AddressTrouble(Base):
    """How often an address was refused for good."""

    __tablename__ = "address_trouble"
    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]


class MailPace(Base):
    """How many mails of many went out in the present minute: of the site, and to each domain."""

    __tablename__ = "mail_pace"
    key: Mapped[str] = mapped_column(String(260), primary_key=True)
    started_at: Mapped[datetime]
    count: Mapped[int]
