"""The phrase card: lines kept from debriefs, to have open on a live call, or on paper."""

from __future__ import annotations

import re

from flask import Blueprint, Response, flash, render_template, request
from flask_babel import gettext as _

from scenarios import replay
from training.attempts.own import find_attempt
from training.attempts.phrases import keep_phrase, line_of, list_phrases, remove_phrase
from training.clock import now
from training.database import db, transaction
from training.errors import InvalidError
from training.library.queries import load_scenario
from training.web import Access, allow, see_other, viewer
from training.web.responses import no_store

bp = Blueprint("phrases", __name__, url_prefix="/phrases")
# What a button says: which line, and of which turn.
_LINE = re.compile(r"(said|stronger)-([0-9]{1,4})")


@bp.get("")
@allow(Access.SIGNED_IN)
def index() -> Response:
    phrases = list_phrases(db.session(), viewer())
    return no_store(Response(render_template("attempts/phrases.html", phrases=phrases)))


@bp.post("")
@allow(Access.SIGNED_IN)
def create() -> Response:
    """Keep a line of a finished call of one's own: the words come from the call, never from the form."""
    public_id = request.form.get("attempt", "")
    line = _LINE.fullmatch(request.form.get("line", ""))
    if not public_id or line is None:
        raise InvalidError
    which, turn = line[1], int(line[2])
    attempt = find_attempt(db.session(), public_id, viewer())
    if attempt.finished_at is None:
        raise InvalidError
    scenario = load_scenario(db.session(), attempt.revision_id)
    text = line_of(scenario, replay(scenario.compiled, attempt.choices), turn, which)
    written = scenario.compiled.scenario
    with transaction() as session:
        keep_phrase(session, viewer(), text, language=written.language, call=written.title, at=now())
    flash(_("Kept. It is on your phrase card."))
    return see_other("attempts.debrief", public_id=public_id, _anchor=f"turn-{turn}")


@bp.post("/<public_id>/removal")
@allow(Access.SIGNED_IN)
def remove(public_id: str) -> Response:
    with transaction() as session:
        remove_phrase(session, viewer(), public_id)
    flash(_("The line is off your card."))
    return see_other("phrases.index")


create.back_to = "phrases.index"  # type: ignore[attr-defined]
remove.back_to = "phrases.index"  # type: ignore[attr-defined]
