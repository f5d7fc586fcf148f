"""The secrets that travel by mail or by word of mouth: a table for each purpose, stored hashed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.accounts.models import Person
from training.clock import now
from training.database import Base


class OneTimeToken:
    """What every purpose has. `token_hash` is the SHA-256 of 256 random bits; once, until `expires_at`."""

    lifetime: ClassVar[timedelta]
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Invitation(OneTimeToken, Base):
    """An invitation to join, once, within seven days; accepting it makes the person and the membership.

    With `person_id` it is for somebody who was entered before and never set a password: it lets them.
    """

    __tablename__ = "invitation"
    lifetime: ClassVar[timedelta] = timedelta(days=7)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    staff_number: Mapped[str | None] = mapped_column(String(40), index=True)
    makes_admin: Mapped[bool] = mapped_column(default=False)
    makes_trainer: Mapped[bool] = mapped_column(default=False)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    role: Mapped[str] = mapped_column(String(10), default="learner")
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)


class InvitationRequest(Base):
    """Somebody who is to be invited by mail once their turn comes: thousands would fill the outbox."""

    __tablename__ = "invitation_request"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    requested_at: Mapped[datetime] = mapped_column(default=now)


class SignInLink(OneTimeToken, Base):
    """A link that signs a person in, once, within fifteen minutes."""

    __tablename__ = "sign_in_link"
    lifetime: ClassVar[timedelta] = timedelta(minutes=15)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    person: Mapped[Person] = relationship()


class PasswordReset(OneTimeToken, Base):
    """A link that sets a new password, once, within thirty minutes; only the newest one counts."""

    __tablename__ = "password_reset"
    lifetime: ClassVar[timedelta] = timedelta(minutes=30)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    person: Mapped[Person] = relationship()


class EmailChange(OneTimeToken, Base):
    """A link that proves a new address, within an hour; the old address is told."""

    __tablename__ = "email_change"
    lifetime: ClassVar[timedelta] = timedelta(minutes=60)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    new_email: Mapped[str] = mapped_column(String(254))
    person: Mapped[Person] = relationship()


class SignInCode(OneTimeToken, Base):
    """Eight characters that a lead reads out to somebody of their team: once, within fifteen minutes."""

    __tablename__ = "sign_in_code"
    lifetime: ClassVar[timedelta] = timedelta(minutes=15)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
