"""A hint, for whoever asks."""

from __future__ import annotations

from flask import Response, request

from scenarios import replay
from training.attempts.blueprint import bp
from training.attempts.hints import ask_for_hint
from training.attempts.own import find_attempt
from training.clock import now
from training.database import transaction
from training.library.queries import load_scenario
from training.web import Access, allow, see_other, viewer


@bp.post("/<public_id>/hints")
@allow(Access.SIGNED_IN)
def add_hint(public_id: str) -> Response:
    step = request.form.get("step", 0, type=int)
    with transaction() as session:
        attempt = find_attempt(session, public_id, viewer())
        play = replay(load_scenario(session, attempt.revision_id).compiled, attempt.choices)
        ask_for_hint(session, attempt, play, step, now())
    return see_other("attempts.show", public_id=public_id, step=step, show=1, hint=1)


add_hint.back_to = "attempts.show"  # type: ignore[attr-defined]
