"""From a draft to what learners see, and back: each function one promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from training.authoring.checking import Checked
from training.authoring.models import Approval, Draft, Publishing
from training.authoring.queries import find_save, lock_draft
from training.errors import ConflictError, NotFoundError
from training.library.corrections import correct
from training.library.models import Item, Kind, Publication, Revision
from training.library.renaming import carry_over
from training.library.service import content_hash, publish, retire

LONGEST_NOTE = 400


@dataclass(frozen=True)
class LiveRevision:
    """What learners see of an address now. `number` is 0 where nothing is published there."""

    item_id: int | None
    revision_id: int | None
    number: int
    content_hash: str
    source: str


def live_revision(session: Session, kind: Kind, slug: str) -> LiveRevision:
    row = session.execute(
        select(Item.id, Revision.id, Revision.number, Revision.content_hash, Revision.source)
        .outerjoin(Publication, (Publication.item_id == Item.id) & Publication.ended_at.is_(None))
        .outerjoin(Revision, Revision.id == Publication.revision_id)
        .where(Item.kind == kind, Item.slug == slug)
    ).first()
    if row is None:
        return LiveRevision(None, None, 0, "", "")
    return LiveRevision(row[0], row[1], row[2] or 0, row[3] or "", row[4] or "")


def publish_draft(
    session: Session, public_id: str, checked: Checked, seen: int, note: str, by: int, at: datetime
) -> bool:
    """Make what was checked the live revision, and close its draft. `seen` is the number of the live revision
    that the publisher compared it with. Returns whether this did it: not where the same form was first.

    ConflictError where the draft was saved, or something else published, since they looked.
    """
    draft = lock_draft(session, public_id)
    way_on = f"/studio/drafts/{public_id}/publication"
    if draft.closed_at is not None:
        if _is_live_by(session, draft):
            return False
        raise ConflictError(_("This draft is closed already: it was published or laid aside."), "/studio")
    if find_save(session, draft.id, draft.version).text != checked.text:
        raise ConflictError(_("The draft was saved again since you looked. Look once more."), way_on)
    live = live_revision(session, Kind(draft.kind), draft.slug)
    if live.number != seen:
        raise ConflictError(_("Another revision was published since you looked. Look once more."), way_on)
    if checked.draft is None or not checked.is_ready or checked.draft.hidden:
        raise ConflictError(_("It has errors, so it was not published. Nothing was changed."), way_on)
    revision_id = publish(session, checked.draft, checked.body, at)
    made = session.scalars(
        select(Publication.id).where(Publication.revision_id == revision_id, Publication.ended_at.is_(None))
    ).one()
    if session.get(Publishing, made) is None:
        session.add(Publishing(publication_id=made, draft_id=draft.id, note=note, published_by_id=by))
    draft.closed_at = at
    session.flush()
    carry_over(session)
    return True


def _is_live_by(session: Session, draft: Draft) -> bool:
    """Whether what is live now was published of that very draft."""
    published = (
        select(Publishing.publication_id)
        .join(Publication, Publication.id == Publishing.publication_id)
        .where(Publishing.draft_id == draft.id, Publication.ended_at.is_(None))
    )
    return session.scalar(published) is not None


def is_same(live: LiveRevision, text: str) -> bool:
    """Whether this very text is live already: then there is nothing to publish."""
    return live.number > 0 and live.content_hash == content_hash(text)


def approve(session: Session, public_id: str, version: int, by: int, at: datetime) -> None:
    """A second person found save `version` fit to publish. ConflictError for its author."""
    draft = lock_draft(session, public_id)
    way_on = f"/studio/drafts/{public_id}/publication"
    if draft.version != version:
        raise ConflictError(_("The draft was saved again since you looked. Look once more."), way_on)
    if find_save(session, draft.id, version).saved_by_id == by:
        raise ConflictError(_("Whoever saved it last cannot approve it. Ask somebody else."), way_on)
    approval = Approval(draft_id=draft.id, number=version, approved_by_id=by, approved_at=at)
    if not is_approved(session, draft, by):
        session.add(approval)
        session.flush()


def is_approved(session: Session, draft: Draft, by: int | None = None) -> bool:
    """Whether somebody (or `by`) approved the draft as it stands."""
    conditions = [Approval.draft_id == draft.id, Approval.number == draft.version]
    if by is not None:
        conditions.append(Approval.approved_by_id == by)
    return bool(session.scalar(select(exists().where(*conditions))))


def unpublish(session: Session, kind: Kind, slug: str, at: datetime) -> None:
    """Take it down. Revisions, and all that people did with it, stay, or follow a tip to its new name."""
    retire(session, [_live_item(session, kind, slug).id], at)
    session.flush()
    carry_over(session)


def withdraw(session: Session, kind: Kind, slug: str, words: str, scene: str, by: int, at: datetime) -> None:
    """Take it down because it is wrong, and tell everybody who played it, or is playing it, what was.

    `scene` is the one with the line ("" for the whole): once a mended revision is live they look at it again.
    """
    item = _live_item(session, kind, slug)
    correct(session, item, words, scene, by, at)
    retire(session, [item.id], at)
    session.flush()


def _live_item(session: Session, kind: Kind, slug: str) -> Item:
    query = (
        select(Item)
        .join(Publication, (Publication.item_id == Item.id) & Publication.ended_at.is_(None))
        .where(Item.kind == kind, Item.slug == slug)
    )
    found = session.execute(query).scalar()
    if found is None:
        raise NotFoundError
    return found
