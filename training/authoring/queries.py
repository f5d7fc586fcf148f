"""Reads of what is published and what is on its way, for the people who write it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.authoring.models import Draft, DraftSave
from training.errors import NotFoundError
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


@dataclass(frozen=True)
class OpenDraft:
    """A draft that somebody is writing. `is_new`: nothing of it was ever published."""

    public_id: str
    kind: Kind
    slug: str
    version: int
    saved_at: datetime
    saved_by: str
    is_new: bool

    @property
    def file(self) -> str:
        return f"{self.slug}.md"


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


def list_drafts(session: Session) -> tuple[OpenDraft, ...]:
    """Every open draft, the one saved last first. One statement, which reads no text."""
    rows = session.execute(
        select(
            Draft.public_id,
            Draft.kind,
            Draft.slug,
            Draft.version,
            DraftSave.saved_at,
            Person.name,
            Draft.base_revision_id,
        )
        .join(DraftSave, (DraftSave.draft_id == Draft.id) & (DraftSave.number == Draft.version))
        .outerjoin(Person, Person.id == DraftSave.saved_by_id)
        .where(Draft.closed_at.is_(None))
        .order_by(DraftSave.saved_at.desc(), Draft.id.desc())
    )
    return tuple(
        OpenDraft(
            row.public_id,
            Kind(row.kind),
            row.slug,
            row.version,
            row.saved_at,
            row.name or "",
            row.base_revision_id is None,
        )
        for row in rows
    )


def find_draft(session: Session, public_id: str) -> Draft:
    """Every trainer may have every draft, which the routes see to; one that is not there: NotFoundError."""
    found = session.execute(select(Draft).where(Draft.public_id == public_id)).scalar()
    if found is None:
        raise NotFoundError
    return found


def lock_draft(session: Session, public_id: str) -> Draft:
    """`find_draft` for who is about to write: nobody else writes to it until this transaction ends."""
    found = session.execute(select(Draft).where(Draft.public_id == public_id).with_for_update()).scalar()
    if found is None:
        raise NotFoundError
    return found


def find_save(session: Session, draft_id: int, number: int) -> DraftSave:
    query = select(DraftSave).where(DraftSave.draft_id == draft_id, DraftSave.number == number)
    found = session.execute(query).scalar()
    if found is None:
        raise NotFoundError
    return found


@dataclass(frozen=True)
class SaveLine:
    """One save, as a list shows it."""

    number: int
    how: str
    saved_at: datetime
    saved_by: str


def list_saves(session: Session, draft_id: int, most: int) -> tuple[SaveLine, ...]:
    """The newest saves of a draft, newest first; reads no text."""
    rows = session.execute(
        select(DraftSave.number, DraftSave.how, DraftSave.saved_at, Person.name)
        .outerjoin(Person, Person.id == DraftSave.saved_by_id)
        .where(DraftSave.draft_id == draft_id)
        .order_by(DraftSave.number.desc())
        .limit(most)
    )
    return tuple(SaveLine(row.number, row.how, row.saved_at, row.name or "") for row in rows)
