"""Publishing: revisions are only ever added, and one of them is live."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from training.library.builds import FORMAT
from training.library.formats import Draft
from training.library.models import Item, Kind, Picture, Publication, Revision, RevisionBuild
from training.library.search import entry_of, forget_tips, index_tip

_BAR = "|"


@dataclass(frozen=True)
class Live:
    """What is live of an item: enough to see whether a file brings anything new."""

    item_id: int
    revision_id: int
    content_hash: str
    is_built: bool


def content_hash(source: str) -> str:
    """The hash under which a text is stored; the same text never makes a second revision."""
    return hashlib.sha256(source.encode()).hexdigest()


def list_live(session: Session) -> dict[tuple[Kind, str], Live]:
    """Everything that is live, by kind and slug, in one statement."""
    built = select(RevisionBuild.revision_id).where(RevisionBuild.format == FORMAT)
    query = (
        select(Item, Revision.id, Revision.content_hash, Revision.id.in_(built).label("is_built"))
        .join(Publication, Publication.item_id == Item.id)
        .join(Revision, Revision.id == Publication.revision_id)
        .where(Publication.ended_at.is_(None))
    )
    return {
        (Kind(item.kind), item.slug): Live(item.id, revision_id, hashed, bool(is_built))
        for item, revision_id, hashed, is_built in session.execute(query)
    }


def publish(session: Session, draft: Draft, body: str, at: datetime, by: str = "") -> int:
    """Make `draft` the live revision of its item; returns the revision's id.

    The live one's own text changes nothing but its build; a text that was live before makes its old
    revision live again; any other becomes the next revision. What was live ends at the same instant.
    """
    item = _item(session, draft.kind, draft.slug)
    revision = _revision(session, item, draft, by)
    _keep_pictures(session, draft, at)
    if session.get(RevisionBuild, (revision.id, FORMAT)) is None:
        session.add(RevisionBuild(revision_id=revision.id, format=FORMAT, body=body, built_at=at))
    live = session.execute(
        select(Publication).where(Publication.item_id == item.id, Publication.ended_at.is_(None))
    ).scalar()
    if live is None or live.revision_id != revision.id:
        if live is not None:
            live.ended_at = at
            session.flush()  # the end before the beginning: only one may be live
        session.add(_publication(draft, item, revision, at, by))
        if draft.kind is Kind.LESSON:
            index_tip(session, entry_of(item.id, draft.title, draft.summary, draft.topics, body))
    session.flush()
    return revision.id


def retire(session: Session, item_ids: Collection[int], at: datetime) -> None:
    """Take items out of the library. Their revisions, and all that points to them, stay."""
    session.execute(
        update(Publication)
        .where(Publication.item_id.in_(item_ids), Publication.ended_at.is_(None))
        .values(ended_at=at)
    )
    forget_tips(session, item_ids)


def _item(session: Session, kind: Kind, slug: str) -> Item:
    item = session.execute(select(Item).where(Item.kind == kind, Item.slug == slug)).scalar()
    if item is None:
        item = Item(kind=kind, slug=slug)
        session.add(item)
        session.flush()
    return item


def _keep_pictures(session: Session, draft: Draft, at: datetime) -> None:
    for one in draft.pictures:
        if session.get(Picture, one.name) is None:
            session.add(Picture(name=one.name, mimetype=one.mimetype, body=one.body, created_at=at))
            session.flush()


def _revision(session: Session, item: Item, draft: Draft, by: str) -> Revision:
    hashed = content_hash(draft.source)
    query = select(Revision).where(Revision.item_id == item.id).order_by(Revision.number.desc())
    earlier = list(session.execute(query).scalars())
    for revision in earlier:
        if revision.content_hash == hashed:
            return revision
    number = earlier[0].number + 1 if earlier else 1
    made = Revision(
        item_id=item.id, number=number, source=draft.source, content_hash=hashed, author=by or draft.author
    )
    session.add(made)
    session.flush()
    return made


def _publication(draft: Draft, item: Item, revision: Revision, at: datetime, by: str) -> Publication:
    return Publication(
        item_id=item.id,
        revision_id=revision.id,
        title=draft.title,
        summary=draft.summary,
        minutes=draft.minutes,
        tip_on=draft.tip_on,
        portrait=draft.portrait,
        topics=f"{_BAR}{_BAR.join(draft.topics)}{_BAR}" if draft.topics else "",
        refers_to=f" {' '.join(draft.refers_to)} " if draft.refers_to else "",
        published_at=at,
        published_by=by,
    )
