"""Writing a draft: its page, its saves, and a look at what is not saved yet."""

from __future__ import annotations

import secrets

from flask import Response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from training.authoring.blueprint import bp
from training.authoring.checked_drafts import check_draft, checked_save
from training.authoring.checking import TYPING_BUDGET
from training.authoring.editor_page import EditorPage, editor_page
from training.authoring.queries import find_draft, find_save
from training.authoring.rules import as_posted, is_too_long
from training.authoring.saving import save_checked, version_sent
from training.database import db
from training.web import Access, allow, see_other
from training.web.headers import POLICY
from training.web.responses import no_store


@bp.get("/<public_id>")
@allow(Access.TRAINER)
def show(public_id: str) -> Response:
    """The newest save: its text, its problems, its map, and how a learner will see it."""
    draft = find_draft(db.session(), public_id)
    newest = find_save(db.session(), draft.id, draft.version)
    checked = checked_save(draft, newest.text)
    return _page(editor_page(draft, newest, newest.text, checked, _scene()))


@bp.post("/<public_id>/preview")
@allow(Access.TRAINER)
def preview(public_id: str) -> Response:
    """The same page of a text that is not saved: checked, shown, and kept nowhere but in the field."""
    draft = find_draft(db.session(), public_id)
    newest = find_save(db.session(), draft.id, draft.version)
    text = as_posted(request.form.get("text", ""), newest.text)
    checked = check_draft(draft, text, TYPING_BUDGET)
    page = editor_page(
        draft, newest, text, checked, _scene(), None if text == newest.text else version_sent()
    )
    return _page(page, 422 if is_too_long(text) else 200)


preview.back_to = "drafts.show"  # type: ignore[attr-defined]


@bp.post("/<public_id>/saves")
@allow(Access.TRAINER)
def save(public_id: str) -> BaseResponse:
    """Save the text on the version it was written on; a stale one gets a comparison, and nothing is lost."""
    version, how = version_sent(), "auto" if request.form.get("how") == "auto" else "typed"
    draft = find_draft(db.session(), public_id)
    newest = find_save(db.session(), draft.id, draft.version)
    checked = check_draft(draft, as_posted(request.form.get("text", ""), newest.text))
    if is_too_long(checked.text):
        return _page(editor_page(draft, newest, checked.text, checked, _scene(), version), 422)
    collision = save_checked(draft, version, checked, how)
    return collision or see_other("drafts.show", public_id=public_id, scene=_scene() or None)


save.back_to = "drafts.show"  # type: ignore[attr-defined]


def _page(page: EditorPage, status: int = 200) -> Response:
    """The editor writes styles of its own into the page: they carry this page's nonce, and no other may."""
    nonce = secrets.token_urlsafe(16)
    response = Response(render_template("authoring/show.html", page=page, nonce=nonce), status)
    policy = POLICY.replace("style-src 'self'", f"style-src 'self' 'nonce-{nonce}'")
    response.headers["Content-Security-Policy"] = policy.replace("img-src 'self'", "img-src 'self' data:")
    return no_store(response)


def _scene() -> str:
    return request.values.get("scene", "")[:200]
