"""Writing drafts: each function one promise to whoever writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from training.authoring.models import Draft, DraftSave
from training.authoring.queries import find_save, lock_draft
from training.authoring.rules import SaveMark, superfluous
from training.errors import ConflictError, NotFoundError
from training.library.models import Item, Kind, Publication, Revision

THIN_EVERY = 20


@dataclass(frozen=True)
class Saved:
    """The save that holds the text. `is_new` is false where it did already: a button pressed twice."""

    number: int
    is_new: bool


@dataclass(frozen=True)
class Collision:
    """Somebody saved in between: their save, and the one that both began from or the last one before it."""

    theirs: DraftSave
    base: DraftSave


def is_taken(session: Session, kind: Kind, slug: str) -> bool:
    """Whether something is, was or is about to be published at that address."""
    there = session.scalar(select(Item.id).where(Item.kind == kind, Item.slug == slug))
    return there is not None or find_open(session, kind, slug) is not None


def begin_draft(session: Session, kind: Kind, slug: str, text: str, by: int, at: datetime) -> str:
    """A draft of something new; returns its public id. ConflictError where the address is taken."""
    if is_taken(session, kind, slug):
        raise ConflictError(_("Something has that address already."))
    return _begin(session, Draft(kind=kind, slug=slug, begun_at=at, begun_by_id=by), text).public_id


def find_begun(session: Session, kind: Kind, slug: str, text: str, by: int) -> str | None:
    """The open draft that `by` began there with that very text and nobody has saved since; None without one.

    Beginning it again is the same form, come twice.
    """
    there = find_open(session, kind, slug)
    if there is None or (there.begun_by_id, there.version) != (by, 1):
        return None
    return there.public_id if find_save(session, there.id, 1).text == text else None


def open_draft(session: Session, kind: Kind, slug: str, by: int, at: datetime, number: int = 0) -> str:
    """The open draft of an item, or a new one with the text of its revision `number` (0: of the newest).

    NotFoundError where the item or the revision is not there. A draft that is open is never written over:
    for an earlier revision while another text is, ConflictError.
    """
    revision = _revision(session, kind, slug, number)
    if (there := find_open(session, kind, slug)) is not None:
        if number and find_begun(session, kind, slug, revision.source, by) is None:
            message = _("Somebody is writing a draft of it already. Go on there, or lay it aside first.")
            raise ConflictError(message, f"/studio/drafts/{there.public_id}")
        return there.public_id
    newest = _revision(session, kind, slug, 0)
    draft = Draft(kind=kind, slug=slug, base_revision_id=newest.id, begun_at=at, begun_by_id=by)
    return _begin(session, draft, revision.source).public_id


def save_draft(
    session: Session, public_id: str, version: int, text: str, how: str, by: int, at: datetime
) -> Saved | Collision:
    """Save `text`, written on save `version`. Never over somebody else's: then a Collision says whose.

    The text that the newest save holds already is not saved again, so a double click is one save.
    """
    draft = lock_draft(session, public_id)
    newest = find_save(session, draft.id, draft.version)
    if newest.text == text:
        return Saved(newest.number, is_new=False)
    _must_be_open(draft)
    if version != draft.version:
        return Collision(newest, _last_until(session, draft.id, version))
    return Saved(_add_save(session, draft, text, how, by, at), is_new=True)


def keep_preview(session: Session, public_id: str, number: int, body: str) -> None:
    """Keep the build of save `number` as what the draft looks like; an older one never replaces a newer."""
    draft = lock_draft(session, public_id)
    if number >= draft.preview_version:
        draft.preview, draft.preview_version = body, number
        session.flush()


def go_back(session: Session, public_id: str, number: int, by: int, at: datetime) -> Saved:
    """The text of an earlier save as the newest one. Nothing that came between is lost."""
    draft = lock_draft(session, public_id)
    earlier = find_save(session, draft.id, number)
    if find_save(session, draft.id, draft.version).text == earlier.text:
        return Saved(draft.version, is_new=False)
    _must_be_open(draft)
    return Saved(_add_save(session, draft, earlier.text, "back", by, at), is_new=True)


def close_draft(session: Session, public_id: str, at: datetime) -> None:
    """Lay a draft aside. Its saves stay."""
    draft = lock_draft(session, public_id)
    if draft.closed_at is None:
        draft.closed_at = at
        session.flush()


def _begin(session: Session, draft: Draft, text: str) -> Draft:
    draft.preview, draft.preview_version, draft.version = "", 0, 0
    session.add(draft)
    session.flush()
    _add_save(session, draft, text, "begun", draft.begun_by_id, draft.begun_at)
    return draft


def _add_save(session: Session, draft: Draft, text: str, how: str, by: int | None, at: datetime) -> int:
    draft.version += 1
    session.add(
        DraftSave(draft_id=draft.id, number=draft.version, text=text, how=how, saved_at=at, saved_by_id=by)
    )
    session.flush()
    if draft.version % THIN_EVERY == 0:
        _thin(session, draft, at)
    return draft.version


def _thin(session: Session, draft: Draft, at: datetime) -> None:
    rows = session.execute(
        select(DraftSave.number, DraftSave.saved_at, DraftSave.how).where(DraftSave.draft_id == draft.id)
    )
    gone = superfluous((SaveMark(row.number, row.saved_at, row.how != "auto") for row in rows), at)
    if gone:
        session.execute(
            delete(DraftSave).where(DraftSave.draft_id == draft.id, DraftSave.number.in_(gone)),
            execution_options={"synchronize_session": False},
        )


def _must_be_open(draft: Draft) -> None:
    if draft.closed_at is not None:
        raise ConflictError(_("This draft is closed: it was published or laid aside. Its text is kept."))


def _last_until(session: Session, draft_id: int, number: int) -> DraftSave:
    """Save `number`, or the last one before it where that one was thinned out; the first never is."""
    query = select(DraftSave).where(DraftSave.draft_id == draft_id, DraftSave.number <= max(number, 1))
    return session.execute(query.order_by(DraftSave.number.desc()).limit(1)).scalar_one()


def find_open(session: Session, kind: Kind, slug: str) -> Draft | None:
    """The open draft of an address, where somebody is writing one."""
    query = select(Draft).where(Draft.kind == kind, Draft.slug == slug, Draft.closed_at.is_(None))
    return session.execute(query).scalar()


def _revision(session: Session, kind: Kind, slug: str, number: int) -> Revision:
    """An item's revision: the one numbered so, or for 0 the live one, or else the newest."""
    query = (
        select(Revision)
        .join(Item, Item.id == Revision.item_id)
        .outerjoin(Publication, (Publication.revision_id == Revision.id) & Publication.ended_at.is_(None))
        .where(Item.kind == kind, Item.slug == slug)
        .order_by(Publication.id.is_(None), Revision.number.desc())
        .limit(1)
    )
    if number:
        query = query.where(Revision.number == number)
    found = session.execute(query).scalar()
    if found is None:
        raise NotFoundError
    return found
