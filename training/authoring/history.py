"""Every revision of an item, when it was live, and who said what about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.authoring.models import Publishing
from training.errors import NotFoundError
from training.library.models import Correction, Item, Kind, Publication, Revision


@dataclass(frozen=True)
class Published:
    """Once that a revision was made live. `by` is empty where it came from a file."""

    since: datetime
    until: datetime | None
    by: str
    note: str


@dataclass(frozen=True)
class RevisionLine:
    number: int
    created_at: datetime
    is_live: bool
    published: tuple[Published, ...]


@dataclass(frozen=True)
class Corrected:
    """A correction: what was wrong in the revisions up to `number`."""

    number: int
    words: str
    made_at: datetime


@dataclass(frozen=True)
class History:
    """`live` is the number of the live revision, 0 where the item is not published. Newest first."""

    kind: Kind
    slug: str
    title: str
    live: int
    revisions: tuple[RevisionLine, ...]
    corrections: tuple[Corrected, ...]

    @property
    def file(self) -> str:
        return f"{self.slug}.md"


def item_history(session: Session, kind: Kind, slug: str) -> History:
    """NotFoundError where there never was such an item."""
    rows = session.execute(
        select(
            Item.id,
            Revision.number,
            Revision.created_at,
            Publication.title,
            Publication.published_at,
            Publication.ended_at,
            Publication.id.label("publication_id"),
            Person.name,
            Publishing.note,
        )
        .join(Revision, Revision.item_id == Item.id)
        .outerjoin(Publication, Publication.revision_id == Revision.id)
        .outerjoin(Publishing, Publishing.publication_id == Publication.id)
        .outerjoin(Person, Person.id == Publishing.published_by_id)
        .where(Item.kind == kind, Item.slug == slug)
        .order_by(Revision.number.desc(), Publication.id.desc())
    ).all()
    if not rows:
        raise NotFoundError
    lines: dict[int, RevisionLine] = {}
    for row in rows:
        once = (
            ()
            if row.publication_id is None
            else (Published(row.published_at, row.ended_at, row.name or "", row.note or ""),)
        )
        is_live = row.publication_id is not None and row.ended_at is None
        known = lines.get(row.number)
        lines[row.number] = RevisionLine(
            row.number,
            row.created_at,
            is_live or (known is not None and known.is_live),
            (*(known.published if known else ()), *once),
        )
    revisions = tuple(lines.values())
    live = next((one.number for one in revisions if one.is_live), 0)
    return History(kind, slug, rows[0].title or slug, live, revisions, _corrections(session, rows[0].id))


def source_of(session: Session, kind: Kind, slug: str, number: int) -> str:
    """The text of one revision."""
    query = (
        select(Revision.source)
        .join(Item, Item.id == Revision.item_id)
        .where(Item.kind == kind, Item.slug == slug, Revision.number == number)
    )
    found = session.scalar(query)
    if found is None:
        raise NotFoundError
    return found


def _corrections(session: Session, item_id: int) -> tuple[Corrected, ...]:
    rows = session.execute(
        select(Correction.number, Correction.words, Correction.made_at)
        .where(Correction.item_id == item_id)
        .order_by(Correction.id.desc())
    )
    return tuple(Corrected(row.number, row.words, row.made_at) for row in rows)
