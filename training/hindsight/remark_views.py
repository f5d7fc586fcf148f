"""Answering back from a debrief: one sentence about one turn."""

from __future__ import annotations

from flask import Blueprint, Response, flash, render_template
from flask_babel import gettext as _
from sqlalchemy import select

from training.attempts.own import OwnAttempt, find_attempt
from training.clock import now
from training.database import db, transaction
from training.errors import NotFoundError
from training.hindsight import service
from training.hindsight.forms import RemarkForm
from training.hindsight.inbox import turn_seen
from training.hindsight.models import Remark
from training.web import Access, allow, see_other, viewer
from training.web.responses import no_store

bp = Blueprint("remarks", __name__, url_prefix="/attempts/<public_id>/turns/<int:number>/remark")


@bp.get("")
@allow(Access.SIGNED_IN)
def new(public_id: str, number: int) -> Response:
    """The turn, what one said about it, and the answer."""
    attempt = _finished(public_id, number)
    return _page(attempt, number, RemarkForm())


@bp.post("")
@allow(Access.SIGNED_IN)
def create(public_id: str, number: int) -> Response:
    attempt, form = _finished(public_id, number), RemarkForm()
    if not form.validate():
        page = _page(attempt, number, form)
        page.status_code = 422
        return page
    named = bool(form.is_named.data)
    with transaction() as session:
        service.say_back(session, attempt, number, viewer(), form.said, named=named, at=now())
    flash(_("Sent. Whoever writes this call reads it with this turn; an answer will stand on Today."))
    return see_other("attempts.debrief", public_id=public_id, _anchor=f"turn-{number}")


def _finished(public_id: str, number: int) -> OwnAttempt:
    attempt = find_attempt(db.session(), public_id, viewer())
    if attempt.finished_at is None or not 1 <= number <= len(attempt.choices):
        raise NotFoundError
    return attempt


def _page(attempt: OwnAttempt, number: int, form: RemarkForm) -> Response:
    session = db.session()
    earlier = session.scalar(select(Remark).where(Remark.attempt_id == attempt.id, Remark.number == number))
    turn = turn_seen(session, attempt.revision_id, attempt.choices, number)
    page = render_template(
        "hindsight/remark.html", attempt=attempt, number=number, turn=turn, form=form, earlier=earlier
    )
    return no_store(Response(page))
