"""`/studio/media`: the pictures that tips show, where each is used, and a place to send one."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from flask import Blueprint, Response, current_app, flash, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from training.accounts.forms import add_error
from training.authoring.logged import log
from training.authoring.pictures import find_removal, list_pictures, remove_picture
from training.clock import now
from training.database import db, transaction
from training.errors import ConflictError
from training.library.formats.pictures import FOLDER, MOST_BYTES, Picture, read_picture
from training.library.formats.shelf import address_from
from training.library.media import keep_picture
from training.web import Access, allow, see_other
from training.web.proxies import allow_body

bp = Blueprint("studio_media", __name__, url_prefix="/studio/media")
LONGEST_STEM = 60


class PictureForm(FlaskForm):
    """A picture from somebody's computer."""

    file = FileField(_l("A picture"), [FileRequired(_l("Choose a picture."))])


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


@bp.get("/<name>/removal")
@allow(Access.TRAINER)
def removal(name: str) -> str:
    """The picture, and the button; or what shows it."""
    return render_template("authoring/picture_removal.html", page=find_removal(db.session(), name))


@bp.post("/<name>/removal")
@allow(Access.TRAINER)
def remove(name: str) -> Response:
    """Take away a picture that no text shows."""
    with transaction() as session:
        if not remove_picture(session, name):
            way_on = url_for("studio_media.removal", name=name)
            raise ConflictError(_("A text shows this picture by now, so it stays."), way_on)
        log(session, "picture removed", name)
    flash(_("It is gone. Its name is free for another picture."))
    return see_other("studio_media.index")


remove.back_to = "studio_media.removal"  # type: ignore[attr-defined]


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
    beside = {path.name for path in _folder().glob("*.*") if not path.name.startswith(".")}
    pictures = list_pictures(db.session(), beside)
    return render_template("authoring/media.html", form=form, pictures=pictures, most=MOST_BYTES >> 20)


def _folder() -> Path:
    return Path(current_app.root_path) / "content" / FOLDER
