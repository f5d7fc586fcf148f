"""A finished call: annotated, and from the other side."""

from __future__ import annotations

from flask import Response, render_template
from werkzeug.wrappers import Response as BaseResponse

from scenarios import replay
from training.accounts import audit
from training.attempts.blueprint import bp
from training.attempts.debrief_around import around_it, around_shared
from training.attempts.debrief_page import debrief_page
from training.attempts.other_side_page import other_side_page
from training.attempts.own import find_attempt
from training.attempts.sharing import find_shared
from training.clock import now
from training.database import db, transaction
from training.errors import NotFoundError
from training.library.queries import load_scenario
from training.web import Access, allow, see_other, viewer
from training.web.responses import no_store


@bp.get("/<public_id>/debrief")
@allow(Access.SIGNED_IN)
def debrief(public_id: str) -> BaseResponse:
    """The finished call, annotated; one that goes on leads back there. Leads read what is shared."""
    try:
        attempt = find_attempt(db.session(), public_id, viewer())
    except NotFoundError:
        return _shared_debrief(public_id)
    if attempt.finished_at is None:
        return see_other("attempts.show", public_id=public_id)
    scenario = load_scenario(db.session(), attempt.revision_id)
    play = replay(scenario.compiled, attempt.choices)
    page = debrief_page(attempt, scenario, play)
    around = around_it(db.session(), page, scenario, play, viewer())
    return no_store(Response(render_template("attempts/debrief.html", page=page, around=around, sharer=None)))


def _shared_debrief(public_id: str) -> Response:
    """Read-only, and written down: one of the writes that a GET may make."""
    attempt, sharer = find_shared(db.session(), public_id, viewer())
    scenario = load_scenario(db.session(), attempt.revision_id)
    page = debrief_page(attempt, scenario, replay(scenario.compiled, attempt.choices))
    around = around_shared(db.session(), page)
    with transaction() as session:
        audit.append(
            session,
            actor=viewer().public_id,
            action="read a shared debrief",
            subject=sharer.public_id,
            at=now(),
        )
    return no_store(
        Response(render_template("attempts/debrief.html", page=page, around=around, sharer=sharer))
    )


@bp.get("/<public_id>/other-side")
@allow(Access.SIGNED_IN)
def other_side(public_id: str) -> BaseResponse:
    """The finished call as the customer lived it; one that goes on leads back to where it is."""
    attempt = find_attempt(db.session(), public_id, viewer())
    if attempt.finished_at is None:
        return see_other("attempts.show", public_id=public_id)
    scenario = load_scenario(db.session(), attempt.revision_id)
    page = other_side_page(db.session(), attempt, scenario, replay(scenario.compiled, attempt.choices))
    return no_store(Response(render_template("attempts/other_side.html", page=page)))
