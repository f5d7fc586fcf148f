"""A draft tried: played from anywhere, and what its proof says."""

from __future__ import annotations

import re

from flask import Response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from training.authoring.blueprint import bp
from training.authoring.checked_drafts import checked_save
from training.authoring.editor_page import draft_seen, problem_of
from training.authoring.models import Draft, DraftSave
from training.authoring.play_page import LONGEST, Wanted, play_page
from training.authoring.previews import open_preview
from training.authoring.proof_page import proof_page
from training.authoring.queries import find_draft, find_save
from training.database import db
from training.errors import NotFoundError
from training.library.builds import ScenarioBuild
from training.library.models import Kind
from training.web import Access, allow, see_other
from training.web.responses import no_store

_PLACES = re.compile(r"\d(?:,\d)*", re.ASCII)
_METER = "meter-"


@bp.get("/<public_id>/play")
@allow(Access.TRAINER)
def play(public_id: str) -> BaseResponse:
    """The call as it could last be shown, played with its points in sight. `?play=` holds what is said."""
    draft, newest = _call(public_id)
    build = _build(draft)
    if build is None:
        return see_other("drafts.show", public_id=public_id)
    page = play_page(build, _wanted())
    html = render_template("authoring/play.html", draft=draft_seen(draft, newest), page=page)
    return no_store(Response(html))


@bp.get("/<public_id>/proof")
@allow(Access.TRAINER)
def proof(public_id: str) -> Response:
    """The best call, the endings, luck and the robots, and each problem with the play that shows it."""
    draft, newest = _call(public_id)
    checked, build = checked_save(draft, newest.text), _build(draft)
    page = None
    if build is not None and checked.is_ready and checked.proof is not None:
        page = proof_page(build, checked.proof)
    shown = [problem_of(one) for one in checked.diagnostics]
    seen = draft_seen(draft, newest)
    return no_store(
        Response(
            render_template("authoring/proof.html", draft=seen, page=page, checked=checked, problems=shown)
        )
    )


def _call(public_id: str) -> tuple[Draft, DraftSave]:
    """A draft of a call with its newest save; other kinds have nothing to play."""
    draft = find_draft(db.session(), public_id)
    if draft.kind != Kind.SCENARIO:
        raise NotFoundError
    return draft, find_save(db.session(), draft.id, draft.version)


def _build(draft: Draft) -> ScenarioBuild | None:
    preview = open_preview(Kind.SCENARIO, draft.preview, draft.preview_version, "")
    return preview.build if preview and isinstance(preview.build, ScenarioBuild) else None


def _wanted() -> Wanted:
    """Where to begin and what to say, from the address; what cannot be read is left out."""
    asked = request.args
    spoken = asked.get("play", "")
    said = tuple(map(int, spoken.split(","))) if _PLACES.fullmatch(spoken[: 2 * LONGEST]) else ()
    meters = tuple(
        (name.removeprefix(_METER), int(value))
        for name, value in asked.items()
        if name.startswith(_METER) and value.isascii() and value.isdigit() and len(value) < 4
    )
    return Wanted(asked.get("scene", ""), meters, frozenset(asked.getlist("flag")), said)
