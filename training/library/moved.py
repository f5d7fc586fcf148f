"""Where a tip went that is not at its address any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.library.models import Item, Kind, Publication
from training.library.queries import Published, as_published, published
from training.library.tip_pages import asked_by
from training.library.tip_statements import may_read
from training.viewer import Viewer

MOST_NEIGHBOURS = 3


@dataclass(frozen=True)
class RetiredTip:
    """A tip that everybody could read once, and live ones near it in what they are about and in time."""

    title: str
    neighbours: tuple[Published, ...]


def renamed_to(session: Session, slug: str, today: date, viewer: Viewer | None) -> str | None:
    """The address of the tip that names `slug` as an earlier one of its own, for who may read it."""
    query = published().where(
        Item.kind == Kind.LESSON,
        Publication.refers_to.contains(f" alias/{slug} ", autoescape=True),
        may_read(member=viewer is not None),
    )
    row = session.execute(query.order_by(Item.slug).limit(1), asked_by(viewer, today)).first()
    return str(row.slug) if row is not None else None


def retired_tip(session: Session, slug: str, today: date) -> RetiredTip | None:
    """The tip that was at that address once; None where there never was one for everybody to read."""
    query = (
        select(Publication.title, Publication.tip_on, Publication.topics)
        .join(Item, Item.id == Publication.item_id)
        .where(Item.kind == Kind.LESSON, Item.slug == slug, Publication.tip_on <= today)
        .where(Publication.ended_at.is_not(None))
        .order_by(Publication.id.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    if row is None or row.tip_on is None:
        return None
    return RetiredTip(row.title, _neighbours(session, row.tip_on, row.topics, today))


def was_live(session: Session, kind: Kind, slug: str) -> bool:
    """Whether there once was something of that kind at that address."""
    query = select(Publication.id).join(Item, Item.id == Publication.item_id)
    found = query.where(Item.kind == kind, Item.slug == slug, Publication.ended_at.is_not(None))
    return session.execute(found.limit(1)).first() is not None


def _neighbours(session: Session, tip_on: date, topics: str, today: date) -> tuple[Published, ...]:
    """Live tips: those that share most topics first, then those nearest in time."""
    query = published().where(Item.kind == Kind.LESSON, Publication.tip_on <= today)
    about = set(topics.strip("|").split("|")) - {""}

    def distance(tip: Published) -> tuple[int, int, str]:
        days = abs(((tip.tip_on or today) - tip_on).days)
        return (-len(about.intersection(tip.topics)), days, tip.slug)

    tips = [as_published(row) for row in session.execute(query)]
    return tuple(sorted(tips, key=distance)[:MOST_NEIGHBOURS])
