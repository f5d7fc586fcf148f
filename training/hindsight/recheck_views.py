"""`/rechecks/<id>`: one minute with a decision that was put right."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from flask_babel import gettext as _

from training.clock import now
from training.database import db, transaction
from training.errors import InvalidError
from training.hindsight import service
from training.hindsight.forms import RecheckForm
from training.hindsight.rechecks import find_recheck
from training.web import Access, allow, see_other, viewer
from training.web.responses import no_store

bp = Blueprint("rechecks", __name__, url_prefix="/rechecks/<int:number>")


@bp.get("")
@allow(Access.SIGNED_IN)
def show(number: int) -> Response:
    page = find_recheck(db.session(), number, viewer())
    return no_store(Response(render_template("hindsight/recheck.html", page=page)))


@bp.post("/answers")
@allow(Access.SIGNED_IN)
def answer(number: int) -> Response:
    """The first pick stays; it is seen by nobody else and counts nowhere."""
    page, form = find_recheck(db.session(), number, viewer()), RecheckForm()
    offered: list[int | None] = [*(reply.index for reply in page.replies)] or [None]
    if not form.validate() or form.picked not in offered:
        raise InvalidError(_("That reply is not on offer here. Nothing was changed."))
    with transaction() as session:
        service.keep_recheck(session, viewer(), number, page.revision_id, form.picked, now())
    return see_other("rechecks.show", number=number)


answer.back_to = "rechecks.show"  # type: ignore[attr-defined]
