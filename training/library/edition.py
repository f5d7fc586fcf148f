"""Which library a public page or feed was made from, in one cheap statement that reads no text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, bindparam, case, func, select
from sqlalchemy.orm import Session

from training.library.models import Publication

_EDITION = select(
    func.max(Publication.id),
    func.count(Publication.ended_at),
    func.max(Publication.published_at),
    func.max(Publication.ended_at),
    func.max(case((Publication.tip_on <= bindparam("today", type_=Date()), Publication.tip_on))),
)


@dataclass(frozen=True)
class Edition:
    """Differs after every publication and retirement. `newest` is the last day on which a tip came."""

    last: int
    ended: int
    changed_at: datetime | None
    newest: date | None


def edition(session: Session, today: date) -> Edition:
    """The library as it is now."""
    last, ended, published_at, ended_at, newest = (
        session.connection().execute(_EDITION, {"today": today}).one()
    )
    changes = [at for at in (published_at, ended_at) if at is not None]
    return Edition(last or 0, ended, max(changes, default=None), newest)
