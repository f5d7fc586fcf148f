"""The pictures that tips show: where each is used, and taking away one that no text shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from training.authoring.models import Draft, DraftSave
from training.errors import NotFoundError
from training.library.formats.pictures import FOLDER, Picture
from training.library.media import forget_picture, names_in, sent_pictures
from training.library.models import Item, Kind, Publication, Revision

_SHOWN = f"%](../{FOLDER}/%"


@dataclass(frozen=True)
class Use:
    """A tip that shows a picture; `public_id` is that of its draft, empty for what is published."""

    slug: str
    public_id: str


@dataclass(frozen=True)
class PictureSeen:
    """`picture` is None for a file beside the texts: it is read when a text shows it."""

    name: str
    picture: Picture | None
    uses: tuple[Use, ...]

    @property
    def may_go(self) -> bool:
        """Whether it was sent, and nothing of today shows it; an earlier revision may all the same."""
        return self.picture is not None and not self.uses


@dataclass(frozen=True)
class Removal:
    """A picture that was sent. `was_published`: some revision shows it, so it stays, as revisions do."""

    seen: PictureSeen
    was_published: bool

    @property
    def may_be_made(self) -> bool:
        return self.seen.may_go and not self.was_published


def list_pictures(session: Session, beside: Collection[str]) -> list[PictureSeen]:
    """Every picture that was sent, and those in files `beside` the texts, by name. Three statements."""
    sent, uses = sent_pictures(session), _uses(session)
    return [PictureSeen(name, sent.get(name), tuple(uses[name])) for name in sorted({*sent, *beside})]


def find_removal(session: Session, name: str) -> Removal:
    """What stands in the way of taking a picture away; NotFoundError for one that nobody sent."""
    seen = next((one for one in list_pictures(session, ()) if one.name == name), None)
    if seen is None:
        raise NotFoundError
    named = Revision.source.contains(f"](../{FOLDER}/{name}", autoescape=True)
    return Removal(seen, bool(session.scalar(select(exists().where(named)))))


def remove_picture(session: Session, name: str) -> bool:
    """Take away a picture that no text shows, its bytes too; False, and nothing done, where one does."""
    if not find_removal(session, name).may_be_made:
        return False
    forget_picture(session, name)
    return True


def _uses(session: Session) -> dict[str, list[Use]]:
    """Where each is shown: published tips, then open drafts. Two statements, over texts with a picture."""
    published = (
        select(Item.slug, Revision.source)
        .join(Publication, (Publication.item_id == Item.id) & Publication.ended_at.is_(None))
        .join(Revision, Revision.id == Publication.revision_id)
        .where(Item.kind == Kind.LESSON, Revision.source.like(_SHOWN))
        .order_by(Item.slug)
    )
    drafts = (
        select(Draft.slug, DraftSave.text, Draft.public_id)
        .join(DraftSave, (DraftSave.draft_id == Draft.id) & (DraftSave.number == Draft.version))
        .where(Draft.closed_at.is_(None), Draft.kind == Kind.LESSON, DraftSave.text.like(_SHOWN))
        .order_by(Draft.slug)
    )
    rows = [(slug, text, "") for slug, text in session.execute(published)]
    rows += [(slug, text, public_id) for slug, text, public_id in session.execute(drafts)]
    uses = defaultdict[str, list[Use]](list)
    for slug, text, public_id in rows:
        for name in names_in(text):
            uses[name].append(Use(slug, public_id))
    return uses
