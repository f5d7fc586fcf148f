"""For trainers and administrators: what was said last, and hiding what should not stand."""

from __future__ import annotations

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext as _

from training.clock import now
from training.database import db, transaction
from training.library.discussion import service
from training.library.discussion.feed_views import bp
from training.library.discussion.threads import PAGE, find_comment, list_latest
from training.library.public_pages import site_today
from training.web import Access, Page, allow, page_number, see_other, viewer
from training.web.paging import pages_of

__all__ = ["bp"]


@bp.get("/studio/discussion")
@allow(Access.TRAINER)
def latest() -> str:
    """Everything that was said, newest first, hidden ones too."""
    number = page_number()
    found, total = list_latest(db.session(), viewer(), number, now())
    page = Page(found, number, pages_of(total, PAGE))
    return render_template(
        "discussion/latest.html",
        page=page,
        address=lambda one: url_for("discussion.latest", page=one if one > 1 else None),
    )


@bp.post("/comments/<public_id>/hiding")
@allow(Access.TRAINER)
def hide(public_id: str) -> Response:
    """Hide a comment; who did so and when is kept."""
    found = find_comment(db.session(), public_id, viewer(), site_today(), now())
    with transaction() as session:
        service.hide_comment(session, found, viewer(), now())
    flash(_("Hidden. Only its author, trainers and administrators see it now."))
    return _back(public_id)


@bp.post("/comments/<public_id>/showing")
@allow(Access.TRAINER)
def show_again(public_id: str) -> Response:
    """Take the hiding back."""
    found = find_comment(db.session(), public_id, viewer(), site_today(), now())
    with transaction() as session:
        service.show_comment(session, found, viewer(), now())
    flash(_("Everybody can read it again."))
    return _back(public_id)


def _back(public_id: str) -> Response:
    """To the list where it was pressed there, else to the comment's place."""
    if request.form.get("back") == "list":
        return see_other("discussion.latest")
    return see_other("discussion.find", public_id=public_id)
