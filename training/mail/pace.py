"""How fast mail to many goes out: so many a minute, and so many a minute to one domain.

One atomic statement counts a mail, so any number of senders keep the pace together. What somebody waits for
(a sign-in link) is neither counted nor held.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.orm import Session

from training.database import UtcDateTime
from training.mail.models import Message, MessageState, Priority
from training.mail.stopping_models import MailPace
from training.settings import Settings

WINDOW = timedelta(minutes=1)
_SITE = "site"
# A window from the future was begun before the clock went back.
_ADMIT = text(
    """
    INSERT INTO mail_pace (key, started_at, count) VALUES (:key, :now, 1)
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN mail_pace.started_at <= :over OR mail_pace.started_at > :future
        THEN 1 ELSE mail_pace.count + 1 END,
      started_at = CASE WHEN mail_pace.started_at <= :over OR mail_pace.started_at > :future
        THEN :now ELSE mail_pace.started_at END
    WHERE mail_pace.count < :most OR mail_pace.started_at <= :over OR mail_pace.started_at > :future
    RETURNING count
    """
).bindparams(*(bindparam(name, type_=UtcDateTime()) for name in ("now", "over", "future")))
_GIVE_BACK = text("UPDATE mail_pace SET count = count - 1 WHERE key = :key")


@dataclass(frozen=True)
class Held:
    """A mail that has to wait until `until`; `is_site`: and so has every other."""

    until: datetime
    is_site: bool


def hold(session: Session, settings: Settings, address: str, at: datetime) -> Held | None:
    """Count a mail to `address`, or say how long it waits. A mail that waits counts nowhere."""
    domain = f"@{domain_of(address)}"
    if settings.mails_per_domain and not _admit(session, domain, settings.mails_per_domain, at):
        return Held(_ends(session, domain, at), is_site=False)
    if settings.mails_per_minute and not _admit(session, _SITE, settings.mails_per_minute, at):
        session.execute(_GIVE_BACK, {"key": domain})
        return Held(_ends(session, _SITE, at), is_site=True)
    return None


def domain_of(address: str) -> str:
    return address.rpartition("@")[2]


def put_off(session: Session, address: str, until: datetime) -> None:
    """Have everything that waits for the same domain wait until then: none of it need be looked at before."""
    session.execute(
        update(Message)
        .where(
            Message.state == MessageState.QUEUED,
            Message.priority == Priority.BULK,
            Message.not_before < until,
            Message.to_address.endswith(f"@{domain_of(address)}", autoescape=True),
        )
        .values(not_before=until, leased_until=None)
    )


def _admit(session: Session, key: str, most: int, at: datetime) -> bool:
    values = {"key": key, "now": at, "over": at - WINDOW, "future": at + WINDOW, "most": most}
    return session.execute(_ADMIT, values).first() is not None


def _ends(session: Session, key: str, at: datetime) -> datetime:
    started = session.scalars(select(MailPace.started_at).where(MailPace.key == key)).one_or_none()
    return (started or at) + WINDOW
