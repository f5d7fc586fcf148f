"""Drafts as things: begin one, open what is published, lay one aside."""

from __future__ import annotations

from flask import Response, flash, render_template, request
from flask_babel import gettext as _

from training.authoring import service
from training.authoring.beginning import begin
from training.authoring.blanks import blank_text
from training.authoring.blueprint import bp
from training.authoring.checked_drafts import draw_draft
from training.authoring.forms import NewDraftForm
from training.authoring.history import source_of
from training.authoring.logged import log
from training.authoring.merging import line_now
from training.authoring.queries import find_draft, find_save
from training.clock import now
from training.database import db, transaction
from training.errors import InvalidError
from training.library.models import Kind
from training.library.queries import list_published
from training.web import Access, allow, see_other, viewer


@bp.get("/new")
@allow(Access.TRAINER)
def new() -> str:
    return render_template("authoring/new.html", form=NewDraftForm())


@bp.post("")
@allow(Access.TRAINER)
def create() -> Response | tuple[str, int]:
    """Begin something new."""
    form = NewDraftForm()
    if form.validate():
        text = blank_text(form.chosen_kind, form.name, _any(Kind.LESSON), _any(Kind.SKILL))
        if public_id := begin(form, form.chosen_kind, text):
            return see_other("drafts.show", public_id=public_id)
    return render_template("authoring/new.html", form=form), 422


@bp.post("/openings")
@allow(Access.TRAINER)
def open_published() -> Response:
    """Go on with the open draft of what is published, or begin one with its text.

    With `line` it opens there: at what stood on that line of revision `of`.
    """
    kind, slug, number = _what()
    line = _number("line")
    written = source_of(db.session(), kind, slug, _number("of")) if line else ""
    with transaction() as session:
        public_id = service.open_draft(session, kind, slug, viewer().id, now(), number)
        log(session, "draft opened", public_id)
    draw_draft(public_id)
    there = f"L{line_now(written, _newest_text(public_id), line)}" if line else None
    return see_other("drafts.show", public_id=public_id, _anchor=there)


@bp.post("/<public_id>/closings")
@allow(Access.TRAINER)
def close(public_id: str) -> Response:
    """Lay a draft aside."""
    with transaction() as session:
        service.close_draft(session, public_id, now())
        log(session, "draft laid aside", public_id)
    flash(_("The draft was laid aside. Its text is kept, and what is published stays as it is."))
    return see_other("authoring.index")


def _any(kind: Kind) -> str:
    """The address of something published, for an example to point to."""
    found = list_published(db.session(), kind)
    return found[0].slug if found else "the-first"


def _what() -> tuple[Kind, str, int]:
    """What to open: the kind, the address, and which revision (0: the live one)."""
    kind = request.form.get("kind", "")
    if kind not in list(Kind):
        raise InvalidError
    return Kind(kind), request.form.get("slug", ""), _number("number")


def _number(name: str) -> int:
    """A whole number of the form; 0 where it is not sent."""
    number = request.form.get(name, "0")
    if not (number.isascii() and number.isdigit() and len(number) < 7):
        raise InvalidError
    return int(number)


def _newest_text(public_id: str) -> str:
    draft = find_draft(db.session(), public_id)
    return find_save(db.session(), draft.id, draft.version).text
