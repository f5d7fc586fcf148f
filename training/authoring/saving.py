"""A text saved as the next version of its draft, checked and drawn; or the page that says who was first."""

from __future__ import annotations

from flask import Response, render_template, request

from training.authoring import service
from training.authoring.checking import Checked
from training.authoring.collision_page import collision_page
from training.authoring.logged import log
from training.authoring.models import Draft
from training.authoring.queries import find_save
from training.clock import now
from training.database import db, transaction
from training.errors import InvalidError
from training.web import viewer
from training.web.responses import no_store


def save_checked(draft: Draft, version: int, checked: Checked, how: str = "typed") -> Response | None:
    """Save a checked text that was written on save `version`. A page where somebody else saved since."""
    public_id, slug, text = draft.public_id, draft.slug, checked.text
    is_by_another = find_save(db.session(), draft.id, draft.version).saved_by_id != viewer().id
    with transaction() as session:
        saved = service.save_draft(session, public_id, version, text, how, viewer().id, now())
        if isinstance(saved, service.Saved):
            if checked.body:
                service.keep_preview(session, public_id, saved.number, checked.body)
            if saved.is_new and (how == "typed" or is_by_another):
                log(session, "draft saved", public_id)
            return None
    # Comparing three texts takes its time, and nobody else need wait for it.
    page = collision_page(public_id, slug, saved, text)
    return no_store(Response(render_template("authoring/collision.html", page=page), 409))


def version_sent() -> int:
    """Which save the text that a form sends was written on."""
    text = request.form.get("version", "")
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise InvalidError
    return int(text)
