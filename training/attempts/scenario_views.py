"""The list of calls, the door of each, and the way through it."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from training.attempts.door_page import door_page
from training.attempts.picks import read_start
from training.attempts.practice_page import practice_page
from training.attempts.starting import new_seed, play_on, start_attempt
from training.clock import now
from training.database import db, transaction
from training.errors import NotFoundError
from training.library.models import Kind
from training.library.moved import was_live
from training.library.queries import Published, find_published
from training.web import Access, allow, see_other, viewer

bp = Blueprint("scenarios", __name__, url_prefix="/scenarios")


@bp.get("")
@allow(Access.SIGNED_IN)
def index() -> str:
    return render_template("attempts/index.html", calls=practice_page(db.session(), viewer()))


@bp.get("/<slug>")
@allow(Access.SIGNED_IN)
def show(slug: str) -> str:
    call = _found(slug)
    return render_template("attempts/door.html", page=door_page(db.session(), call, viewer()))


def _found(slug: str) -> Published:
    """The call at that address; who follows an old link is told kindly that it is gone."""
    try:
        return find_published(db.session(), Kind.SCENARIO, slug)
    except NotFoundError:
        if not was_live(db.session(), Kind.SCENARIO, slug):
            raise
        words = _("This call is no longer offered. What you did in it is kept.")
        raise NotFoundError(words) from None


@bp.post("/<slug>/attempts")
@allow(Access.SIGNED_IN)
def add_attempt(slug: str) -> Response:
    """Begin the call, carry on with the open one, or go back in an earlier one and play on."""
    wanted, who = read_start(request.form.to_dict(flat=False)), viewer()
    with transaction() as session:
        call = find_published(session, Kind.SCENARIO, slug)
        if wanted.origin:
            public_id = play_on(session, who, call.item_id, wanted.origin, wanted.after, now())
        else:
            public_id = start_attempt(session, who, call, wanted.kind, new_seed(), now())
    return see_other("attempts.show", public_id=public_id)


add_attempt.back_to = "scenarios.show"  # type: ignore[attr-defined]
