"""Tries are counted before anything costly is done: one atomic statement a bucket, waits that grow.

A refused try leaves no trace, so hammering does not make the wait longer, and no bucket is an account's
alone: a stranger elsewhere cannot lock anybody out.
"""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, text
from sqlalchemy.orm import Session

from training.accounts.models import RateBucket
from training.database import UtcDateTime
from training.errors import ThrottledError

KEPT = timedelta(days=1)
_STEPS = 10
_ADMIT = text(
    """
    INSERT INTO rate_bucket (key, started_at, count) VALUES (:key, :now, 1)
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN rate_bucket.started_at <= :forgotten THEN 1 ELSE rate_bucket.count + 1 END,
      started_at = :now
    WHERE rate_bucket.count < :free OR rate_bucket.started_at <= CASE rate_bucket.count - :free
      WHEN 0 THEN :before_0
      WHEN 1 THEN :before_1
      WHEN 2 THEN :before_2
      WHEN 3 THEN :before_3
      WHEN 4 THEN :before_4
      WHEN 5 THEN :before_5
      WHEN 6 THEN :before_6
      WHEN 7 THEN :before_7
      WHEN 8 THEN :before_8
      WHEN 9 THEN :before_9
      ELSE :before_last END
    RETURNING count
    """
).bindparams(
    bindparam("now", type_=UtcDateTime()),
    bindparam("forgotten", type_=UtcDateTime()),
    bindparam("before_last", type_=UtcDateTime()),
    *(bindparam(f"before_{step}", type_=UtcDateTime()) for step in range(_STEPS)),
)
_GIVE_BACK = text("UPDATE rate_bucket SET count = count - 1 WHERE key = :key AND count > 0")


@dataclass(frozen=True)
class Pace:
    """`free` tries at once, then a wait that doubles from `first` to `longest`; forgotten after `forget`."""

    free: int
    first: timedelta
    longest: timedelta
    forget: timedelta

    def wait(self, count: int) -> timedelta:
        """How long after the last of `count` admitted tries the next one is admitted."""
        if count < self.free:
            return timedelta(0)
        return min(self.first * (1 << min(count - self.free, _STEPS)), self.longest)


# One person's tries from one network: a few slips are free.
ACCOUNT = Pace(5, timedelta(seconds=2), timedelta(minutes=15), timedelta(hours=1))
# A whole office may sit behind one address at the beginning of a shift; a success gives its try back.
NETWORK = Pace(100, timedelta(seconds=1), timedelta(seconds=30), timedelta(minutes=15))
# A class of new people may open one link together.
NEWCOMERS = Pace(40, timedelta(seconds=30), timedelta(minutes=10), timedelta(hours=1))
# Mail that a stranger can cause.
MAIL_ADDRESS = Pace(3, timedelta(minutes=5), timedelta(hours=6), timedelta(hours=12))
MAIL_NETWORK = Pace(30, timedelta(seconds=30), timedelta(minutes=10), timedelta(hours=1))
MAIL_SITE = Pace(500, timedelta(seconds=2), timedelta(minutes=1), timedelta(hours=1))


def bucket_key(kind: str, *parts: str) -> str:
    """A key that tells nothing of whom it counts."""
    return f"{kind}:{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:40]}"


def network_of(address: str | None) -> str:
    """The network behind an address: one IPv4 address, or the /64 that one IPv6 customer has."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def admit(session: Session, key: str, pace: Pace, at: datetime) -> None:
    """Count one try under `key`, or raise ThrottledError with the wait that is left."""
    before = {f"before_{step}": at - pace.wait(pace.free + step) for step in range(_STEPS)}
    values = {
        "key": key,
        "now": at,
        "forgotten": at - pace.forget,
        "free": pace.free,
        "before_last": at - pace.longest,
    }
    if session.execute(_ADMIT, values | before).first() is not None:
        return
    bucket = session.get_one(RateBucket, key, populate_existing=True)
    left = bucket.started_at + pace.wait(bucket.count) - at
    raise ThrottledError("", retry_after=max(1, -int(-left.total_seconds() // 1)))


def admit_mail(session: Session, address: str, network: str, at: datetime) -> bool:
    """Count a mail that a stranger asks to have sent to `address`; False where that one has had enough.

    The asker is not told so: it would tell that the address is known to somebody. Raises ThrottledError
    where their network, or everybody together, asked too often.
    """
    admit(session, bucket_key("mail-network", network), MAIL_NETWORK, at)
    admit(session, "mail-site", MAIL_SITE, at)
    try:
        admit(session, bucket_key("mail-address", address), MAIL_ADDRESS, at)
    except ThrottledError:
        return False
    return True


def give_back(session: Session, key: str) -> None:
    """A try that turned out well does not count."""
    session.execute(_GIVE_BACK, {"key": key})


def forget(session: Session, key: str, at: datetime) -> None:
    """Forget one bucket, and everybody's that are a day old."""
    session.execute(delete(RateBucket).where((RateBucket.key == key) | (RateBucket.started_at < at - KEPT)))


def tries_under(session: Session, key: str) -> int:
    """How many tries a bucket counts."""
    return session.scalar(select(RateBucket.count).where(RateBucket.key == key)) or 0
