"""Who gets the weekly tip, what was sent to whom, and what they answered."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.accounts.models import Person
from training.clock import now
from training.database import Base, new_public_id
from training.library.models import Item
from training.tips.rules import USUAL_HOUR, USUAL_WEEKDAY


class Subscription(Base):
    """Somebody who gets, or got, the weekly tip: a person with an account, or a confirmed address.

    `time_zone` is None for the site's own. `with_returns`: their mail carries a decision that came back to
    them, for people with an account who wish so. A person without a row gets the tip as well: the row is
    made when the first issue is, or when they choose something.
    """

    __tablename__ = "subscription"
    __table_args__ = (CheckConstraint("(person_id IS NULL) <> (email IS NULL)", name="one_owner"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    weekday: Mapped[int] = mapped_column(default=USUAL_WEEKDAY)
    hour: Mapped[int] = mapped_column(default=USUAL_HOUR)
    time_zone: Mapped[str | None] = mapped_column(String(60))
    paused_until: Mapped[date | None]
    began_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    with_returns: Mapped[bool] = mapped_column(default=False)
    person: Mapped[Person | None] = relationship()


class TipIssue(Base):
    """The tip of one week, from the moment when its recipients were frozen; the index allows one a week."""

    __tablename__ = "tip_issue"
    __table_args__ = (UniqueConstraint("year", "week"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    year: Mapped[int]
    week: Mapped[int]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    made_at: Mapped[datetime] = mapped_column(default=now)
    item: Mapped[Item] = relationship()


class TipDelivery(Base):
    """One issue for one subscription, once. The two secrets of its mail are kept as hashes.

    The row outlives an erased subscription: the link to stop goes on answering.
    """

    __tablename__ = "tip_delivery"
    __table_args__ = (UniqueConstraint("issue_id", "subscription_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("tip_issue.id"))
    subscription_id: Mapped[int | None] = mapped_column(
        ForeignKey("subscription.id", ondelete="SET NULL"), index=True
    )
    tip_hash: Mapped[str] = mapped_column(String(64), unique=True)
    stop_hash: Mapped[str] = mapped_column(String(64), unique=True)
    due_at: Mapped[datetime]
    issue: Mapped[TipIssue] = relationship()
    subscription: Mapped[Subscription | None] = relationship()


class TipAnswer(Base):
    """The first reply that somebody gave to the decision of an issue, by a mailed link.

    It is that person's alone and no progress: it tells when a decision on the same `skills` (slugs, a space
    between) is worth another go. `band` is what the reply was when it was given.
    """

    __tablename__ = "tip_answer"
    __table_args__ = (UniqueConstraint("issue_id", "subscription_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("tip_issue.id"))
    subscription_id: Mapped[int | None] = mapped_column(
        ForeignKey("subscription.id", ondelete="SET NULL"), index=True
    )
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL"), index=True
    )
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    reply: Mapped[int]
    band: Mapped[str] = mapped_column(String(10))
    skills: Mapped[str] = mapped_column(String(400), default="")
    answered_at: Mapped[datetime] = mapped_column(default=now)


class TipWeek(Base):
    """What is known of a week: that the site was awake in it, that a trainer lets it pass without a tip."""

    __tablename__ = "tip_week"
    year: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[int] = mapped_column(primary_key=True)
    looked_at: Mapped[datetime | None]
    skipped_at: Mapped[datetime | None]


class TipPause(Base):
    """A time in which no issue is made; going on while `resumed_at` is empty."""

    __tablename__ = "tip_pause"
    id: Mapped[int] = mapped_column(primary_key=True)
    paused_at: Mapped[datetime] = mapped_column(default=now)
    resumed_at: Mapped[datetime | None]


class TipPlace(Base):
    """A lesson's place in the trainer's order, for weeks that have no lesson of their own."""

    __tablename__ = "tip_place"
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    position: Mapped[int]
