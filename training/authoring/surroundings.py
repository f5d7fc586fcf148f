"""What a draft may point to: everything that is live, instead of the files around it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from scenarios import Catalogue
from training.library.formats import Shelf
from training.library.formats.pictures import FOLDER, Media
from training.library.media import sent_pictures
from training.library.models import Item, Kind, Publication


@cache
def pictures_of(content: Path) -> Media:
    """The pictures that the site was started with; each is read when a text first shows it."""
    return Media(content / FOLDER)


def live_shelf(session: Session, kind: Kind, slug: str, content: Path) -> Shelf:
    """The live items, and the draft itself: what it will be next to once it is published. Two statements."""
    rows = session.execute(
        select(Item.kind, Item.slug, Publication.title)
        .join(Publication, Publication.item_id == Item.id)
        .where(Publication.ended_at.is_(None))
    ).all()
    slugs = {one: {row.slug for row in rows if row.kind == one} for one in Kind}
    slugs[kind].add(slug)
    skills = {row.slug: row.title for row in rows if row.kind == Kind.SKILL}
    return Shelf(
        {one: frozenset(names) for one, names in slugs.items()},
        Catalogue(skills, frozenset(slugs[Kind.LESSON])),
        replace(pictures_of(content), sent=sent_pictures(session)),
    )
