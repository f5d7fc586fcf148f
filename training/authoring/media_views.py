"""`/studio/media`: the pictures that tips show, where each is used, and a place to send one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from flask import Blueprint, Response, current_app, flash, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from sqlalchemy import select
from sqlalchemy.orm import Session

from training.accounts.forms import add_error
from training.authoring.logged import log
from training.authoring.models import Draft, DraftSave
from training.clock import now
from training.database import db, transaction
from training.errors import ConflictError
from training.library.formats.pictures import FOLDER, MOST_BYTES, Picture, read_picture
from training.library.formats.shelf import address_from
from training.library.media import keep_picture, names_in, sent_pictures
from training.library.models import Item, Kind, Publication, Revision
from training.web import Access, allow, see_other
from training.web.proxies import allow_body

bp = Blueprint("studio_media", __name__, url_prefix="/studio/media")
LONGEST_STEM = 60
_SHOWN = f"%](../{FOLDER}/%"


class PictureForm(FlaskForm):
    """A picture from somebody's computer."""

    file = FileField(_l("A picture"), [FileRequired(_l("Choose a picture."))])


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


@bp.get("")
@allow(Access.TRAINER)
def index() -> str:
    return _page(PictureForm())


@bp.post("")
@allow_body(MOST_BYTES + 64 * 1024)
@allow(Access.TRAINER)
def create() -> Response | tuple[str, int]:
    """Keep a picture, written anew: nothing that its file held besides is served."""
    form = PictureForm()
    if not form.validate():
        return _page(form), 422
    sent, name = read_picture(form.file.data.read()), str(form.file.data.filename or "")
    stem = address_from(PurePosixPath(name.replace("\\", "/")).stem, LONGEST_STEM)
    if isinstance(sent, str):
        add_error(form.file, f"{_('This cannot be shown.')} {sent}")
    elif not stem:
        add_error(form.file, _("Its name makes no address: use letters from a to z."))
    elif not _keep(f"{stem}.{sent.name.rpartition('.')[2]}", sent):
        add_error(form.file, _("Another picture has that name. Give your file another, and send it again."))
    else:
        flash(_("It is kept. Copy its line into a tip, and say in words what it shows."))
        return see_other("studio_media.index")
    return _page(form), 422


def _keep(name: str, picture: Picture) -> bool:
    """Whether it could be kept under that name: another picture's name is never taken."""
    if (_folder() / name).exists():
        return False
    try:
        with transaction() as session:
            keep_picture(session, name, picture, now())
            log(session, "picture sent", name)
    except ConflictError:
        return False
    return True


def _page(form: PictureForm) -> str:
    pictures = _pictures(db.session())
    return render_template("authoring/media.html", form=form, pictures=pictures, most=MOST_BYTES >> 20)


def _pictures(session: Session) -> list[PictureSeen]:
    sent, uses = sent_pictures(session), _uses(session)
    beside = {path.name for path in _folder().glob("*.*") if not path.name.startswith(".")}
    return [PictureSeen(name, sent.get(name), tuple(uses[name])) for name in sorted({*sent, *beside})]


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


def _folder() -> Path:
    return Path(current_app.root_path) / "content" / FOLDER
