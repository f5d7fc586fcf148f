"""Every save of a draft, and the way back to one."""

from __future__ import annotations

from flask import Response, flash, render_template, request
from flask_babel import gettext as _

from training.authoring import service
from training.authoring.blueprint import bp
from training.authoring.checked_drafts import draw_draft
from training.authoring.editor_page import draft_seen
from training.authoring.logged import log
from training.authoring.merging import compare_three
from training.authoring.queries import find_draft, find_save, list_saves
from training.clock import now
from training.database import db, transaction
from training.errors import NotFoundError
from training.web import Access, allow, see_other, viewer

SHOWN = 100


@bp.get("/<public_id>/saves")
@allow(Access.TRAINER)
def saves(public_id: str) -> str:
    """The newest saves of a draft, newest first."""
    draft = find_draft(db.session(), public_id)
    newest = find_save(db.session(), draft.id, draft.version)
    found = list_saves(db.session(), draft.id, SHOWN)
    return render_template("authoring/saves.html", draft=draft_seen(draft, newest), saves=found)


@bp.get("/<public_id>/saves/<number>")
@allow(Access.TRAINER)
def one_save(public_id: str, number: str) -> str:
    """An earlier save beside the text as it is now."""
    draft = find_draft(db.session(), public_id)
    newest = find_save(db.session(), draft.id, draft.version)
    earlier = find_save(db.session(), draft.id, _whole(number))
    # With nobody else's text there are two columns: what it was, and what it is.
    regions = compare_three(earlier.text, earlier.text, newest.text)
    changed = [region for region in regions if region.who != "nobody"]
    seen = draft_seen(draft, newest)
    return render_template("authoring/one_save.html", draft=seen, save=earlier, regions=changed)


@bp.post("/<public_id>/returns")
@allow(Access.TRAINER)
def go_back(public_id: str) -> Response:
    """Make an earlier save the newest one."""
    number = _whole(request.form.get("number", ""))
    with transaction() as session:
        if service.go_back(session, public_id, number, viewer().id, now()).is_new:
            log(session, "draft taken back", public_id)
    draw_draft(public_id)
    flash(_("The text is as it was then. What came after is still among the saves."))
    return see_other("drafts.show", public_id=public_id)


def _whole(number: str) -> int:
    """The number of a save; what is no number is the number of none."""
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        raise NotFoundError
    return int(number)
