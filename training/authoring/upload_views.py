"""Drafts begun from files: one, or a zip of several."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from training.authoring import service
from training.authoring.blueprint import bp
from training.authoring.checked_drafts import check_draft, draw_draft
from training.authoring.ideal_forms import FALLBACK
from training.authoring.logged import log
from training.authoring.publishing import is_same, live_revision
from training.authoring.queries import find_draft, find_save
from training.authoring.rules import is_too_long
from training.authoring.uploads import MOST_UPLOADED, Arrived, Refused, open_upload
from training.authoring.word_draft import word_draft
from training.authoring.word_file import NoWordError, is_word, read_word
from training.clock import now
from training.database import db, transaction
from training.library.formats.shelf import address_from
from training.library.models import Kind
from training.library.queries import list_published
from training.web import Access, allow, see_other, viewer
from training.web.proxies import allow_body


class UploadForm(FlaskForm):
    """One file from somebody's computer."""

    file = FileField(_l("The file"), [FileRequired(_l("Choose a file."))])

    @property
    def sent(self) -> tuple[str, bytes]:
        """Its name without folders, and its bytes."""
        name = str(self.file.data.filename or "").replace("\\", "/").rpartition("/")[2]
        return name[:200], self.file.data.read()


class Became(StrEnum):
    """What came of a file that could be read."""

    NEW = "new"
    CHANGE = "change"
    THERE = "there"
    OPEN = "open"
    LIVE = "live"


@dataclass(frozen=True)
class Landed:
    """A file and its draft, where there is one (`public_id`); how many problems it has now."""

    file: Arrived
    became: Became
    public_id: str
    errors: int = 0
    warnings: int = 0


@bp.get("/new/file")
@allow(Access.TRAINER)
def new_file() -> str:
    return render_template("authoring/upload_form.html", form=UploadForm())


@bp.post("/files")
@allow_body(MOST_UPLOADED + 64 * 1024)
@allow(Access.TRAINER)
def create_from_file() -> BaseResponse | str | tuple[str, int]:
    """A draft of every text in the file; a page says what became of each. Sent twice, it changes nothing."""
    form = UploadForm()
    if not form.validate():
        return render_template("authoring/upload_form.html", form=form), 422
    name, body = form.sent
    found = [_from_word(name, body)] if is_word(body) else open_upload(name, body)
    landed = [_land(one) for one in found if isinstance(one, Arrived)]
    refused = [one for one in found if isinstance(one, Refused)]
    if len(landed) == 1 and not refused and landed[0].became in (Became.NEW, Became.CHANGE):
        return see_other("drafts.show", public_id=landed[0].public_id)
    page = render_template("authoring/uploaded.html", landed=landed, refused=refused)
    return page if landed else (page, 422)


create_from_file.back_to = "drafts.new_file"  # type: ignore[attr-defined]


def _from_word(name: str, body: bytes) -> Arrived | Refused:
    """A Word file as a call with a to-do list."""
    reasons = {
        "locked": _("It is locked with a password."),
        "big": _("It is too large, or holds too much, for one call. Send a part of it."),
    }
    try:
        blocks = read_word(body)
    except NoWordError as problem:
        return Refused(name, reasons.get(problem.reason, _("It cannot be read as a Word file.")))
    skills = [one.slug for one in list_published(db.session(), Kind.SKILL)][:3]
    title, text = word_draft(blocks, PurePosixPath(name).stem, skills or FALLBACK)
    slug = address_from(title)
    if not slug:
        return Refused(name, _("Its name makes no address: use letters from a to z."))
    if is_too_long(text):
        return Refused(name, reasons["big"])
    return Arrived(name, Kind.SCENARIO, slug, text, (_("It was a Word file."),))


def _land(file: Arrived) -> Landed:
    with transaction() as session:
        landed = _keep(session, file)
    if landed.became not in (Became.NEW, Became.CHANGE):
        return landed
    draw_draft(landed.public_id)
    checked = check_draft(find_draft(db.session(), landed.public_id), file.text)
    return Landed(file, landed.became, landed.public_id, checked.errors, checked.warnings)


def _keep(session: Session, file: Arrived) -> Landed:
    """What is new begins; what is published gets its next revision; an open draft is left alone."""
    there = service.find_open(session, file.kind, file.slug)
    if there is not None:
        is_there = find_save(session, there.id, there.version).text == file.text
        return Landed(file, Became.THERE if is_there else Became.OPEN, there.public_id)
    live = live_revision(session, file.kind, file.slug)
    if live.number and is_same(live, file.text):
        return Landed(file, Became.LIVE, "")
    if live.item_id is None:
        public_id = service.begin_draft(session, file.kind, file.slug, file.text, viewer().id, now())
    else:
        public_id = service.open_draft(session, file.kind, file.slug, viewer().id, now())
        service.save_draft(session, public_id, 1, file.text, "typed", viewer().id, now())
    log(session, "draft begun from a file", public_id)
    return Landed(file, Became.CHANGE if live.item_id else Became.NEW, public_id)
