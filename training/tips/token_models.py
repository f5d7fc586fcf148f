"""The secrets of subscriptions that travel by mail. Those of an issue stand with its deliveries."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.accounts.token_models import OneTimeToken
from training.database import Base
from training.tips.models import Subscription


class TipConfirmation(OneTimeToken, Base):
    """A link that proves an address wants the tip: once, within two days. Before, nothing else goes there."""

    __tablename__ = "tip_confirmation"
    lifetime: ClassVar[timedelta] = timedelta(hours=48)
    email: Mapped[str] = mapped_column(String(254), index=True)


class TipAddressChange(OneTimeToken, Base):
    """A link that proves the new address of a subscription: once, within two days."""

    __tablename__ = "tip_address_change"
    lifetime: ClassVar[timedelta] = timedelta(hours=48)
    subscription_id: Mapped[int] = mapped_column(
        ForeignKey("subscription.id", ondelete="CASCADE"), index=True
    )
    new_email: Mapped[str] = mapped_column(String(254))
    subscription: Mapped[Subscription] = relationship()


class TipManageLink(OneTimeToken, Base):
    """A link to one's own subscription: as often as one likes, for a day."""

    __tablename__ = "tip_manage_link"
    lifetime: ClassVar[timedelta] = timedelta(hours=24)
    subscription_id: Mapped[int] = mapped_column(
        ForeignKey("subscription.id", ondelete="CASCADE"), index=True
    )
    subscription: Mapped[Subscription] = relationship()
