"""Builds in today's format for revisions that have none: a new release reads what an old one published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import Session

from scenarios import Catalogue
from training.library.building import build_all
from training.library.builds import FORMAT
from training.library.formats import Shelf, SourceFile, read_file
from training.library.media import sent_pictures
from training.library.models import Item, Kind, Publication, Revision, RevisionBuild


@dataclass(frozen=True)
class OldRevision:
    """A revision that pages cannot read: its text, and what it is of."""

    revision_id: int
    kind: Kind
    slug: str
    source: str


def list_unbuilt(session: Session) -> list[OldRevision]:
    """Revisions without a build in today's format: attempts may be pinned to any of them."""
    built = exists().where(RevisionBuild.revision_id == Revision.id, RevisionBuild.format == FORMAT)
    query = select(Revision.id, Item.kind, Item.slug, Revision.source).join(Item).where(~built)
    return [
        OldRevision(revision_id, Kind(kind), slug, source)
        for revision_id, kind, slug, source in session.execute(query)
    ]


def shelf_of_all(session: Session, folder: Shelf) -> Shelf:
    """The folder, and everything that was ever published: an old text may point to what is no file by now."""
    rows = session.execute(
        select(Item.kind, Item.slug, Publication.title)
        .join(Publication, Publication.item_id == Item.id)
        .order_by(Publication.id)
    ).all()
    slugs = {kind: folder.slugs.get(kind, frozenset()) | _slugs(rows, kind) for kind in Kind}
    skills = {row.slug: row.title for row in rows if row.kind == Kind.SKILL}
    catalogue = Catalogue({**skills, **folder.catalogue.skills}, slugs[Kind.LESSON])
    media = replace(folder.media, sent=sent_pictures(session))
    return replace(folder, slugs=slugs, catalogue=catalogue, media=media)


def _slugs(rows: Sequence[Row[*tuple[str, str, str]]], kind: Kind) -> frozenset[str]:
    return frozenset(row.slug for row in rows if row.kind == kind)


def build_old(revisions: Sequence[OldRevision], shelf: Shelf) -> dict[int, str]:
    """Bodies by revision id. A call is read without a catalogue: its skills may be gone by now."""
    drafts = {}
    for old in revisions:
        around = Shelf() if old.kind is Kind.SCENARIO else shelf
        file = SourceFile(old.kind, old.slug, Path(f"{old.kind}s/{old.slug}.md"))
        draft = read_file(old.source.encode(), file, around).draft
        if draft is not None:
            drafts[old.revision_id] = draft
    ids = {id(draft): revision_id for revision_id, draft in drafts.items()}
    return {ids[id(one.draft)]: one.body for one in build_all(list(drafts.values())) if not one.failure}


def store_builds(session: Session, bodies: dict[int, str], at: datetime) -> None:
    """Keep builds, except where another process was first."""
    for revision_id, body in bodies.items():
        if session.get(RevisionBuild, (revision_id, FORMAT)) is None:
            session.add(RevisionBuild(revision_id=revision_id, format=FORMAT, body=body, built_at=at))
    session.flush()
