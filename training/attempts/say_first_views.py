"""Say yours first: the switch for it in a call's own settings."""

from dataclasses import replace

from flask import Response, request

from training.accounts.preferences import preferences_of, write_preferences
from training.attempts.blueprint import bp
from training.attempts.own import find_attempt
from training.database import db, transaction
from training.errors import InvalidError
from training.web import Access, allow, see_other, viewer


@bp.post("/<public_id>/say-first")
@allow(Access.SIGNED_IN)
def say_first(public_id: str) -> Response:
    """Hold the replies back from now on, in every call, or stop doing so."""
    find_attempt(db.session(), public_id, viewer())
    wanted = request.form.get("say_first")
    if wanted not in ("yes", "no"):
        raise InvalidError
    with transaction() as session:
        chosen = replace(preferences_of(session, viewer().id), say_first=wanted == "yes")
        write_preferences(session, viewer().id, chosen)
    return see_other("attempts.show", public_id=public_id, step=request.form.get("at", type=int))


say_first.back_to = "attempts.show"  # type: ignore[attr-defined]
