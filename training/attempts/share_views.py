"""Share a finished call with one's leads, and stop."""

from __future__ import annotations

from flask import Response, flash
from flask_babel import gettext as _

from training.attempts.blueprint import bp
from training.attempts.own import find_attempt
from training.attempts.sharing import share_attempt, stop_sharing
from training.clock import now
from training.database import transaction
from training.web import Access, allow, see_other, viewer


@bp.post("/<public_id>/shares")
@allow(Access.SIGNED_IN)
def add_share(public_id: str) -> Response:
    with transaction() as session:
        share_attempt(session, find_attempt(session, public_id, viewer()), now())
    flash(_("Shared. Your lead can read this debrief until you stop."))
    return see_other("attempts.debrief", public_id=public_id)


@bp.post("/<public_id>/shares/end")
@allow(Access.SIGNED_IN)
def end_share(public_id: str) -> Response:
    with transaction() as session:
        stop_sharing(session, find_attempt(session, public_id, viewer()), now())
    flash(_("Not shared any more. Nobody else can read this debrief."))
    return see_other("attempts.debrief", public_id=public_id)


for _view in (add_share, end_share):
    _view.back_to = "attempts.debrief"  # type: ignore[attr-defined]
