"""Reads of what is published, for the people who write it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.library.models import Item, Kind, Publication, Revision


@dataclass(frozen=True)
class PublishedFile:
    """One live item: its file below content/, and which revision of it people read."""

    kind: Kind
    slug: str
    title: str
    revision: int
    published_at: datetime
    tip_on: date | None

    @property
    def file(self) -> str:
        return f"content/{self.kind}s/{self.slug}.md"


def list_files(session: Session) -> dict[Kind, tuple[PublishedFile, ...]]:
    """Everything that is live, by kind; calls first, each kind by title. One statement."""
    rows = session.execute(
        select(
            Item.kind,
            Item.slug,
            Publication.title,
            Revision.number,
            Publication.published_at,
            Publication.tip_on,
        )
        .join(Publication, Publication.item_id == Item.id)
        .join(Revision, Revision.id == Publication.revision_id)
        .where(Publication.ended_at.is_(None))
    )
    files = sorted(
        (PublishedFile(Kind(row[0]), *row[1:]) for row in rows), key=lambda one: one.title.casefold()
    )
    kinds = (Kind.SCENARIO, Kind.LESSON, Kind.MODULE, Kind.SKILL)
    return {kind: tuple(one for one in files if one.kind is kind) for kind in kinds}
