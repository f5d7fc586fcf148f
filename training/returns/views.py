"""A decision that came back: one page, one button."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext as _

from training.clock import now
from training.database import db, transaction
from training.errors import InvalidError
from training.library.queries import load_lesson, title_of
from training.library.rules import reply_number
from training.returns.models import ReturnCard
from training.returns.queries import find_return
from training.returns.service import answer_return
from training.web import Access, allow, see_other, viewer

bp = Blueprint("returns", __name__, url_prefix="/again/<public_id>")


@bp.get("")
@allow(Access.SIGNED_IN)
def show(public_id: str) -> Response:
    """The decision; `?reply=n` picks a reply. Once answered, what came of it."""
    card = find_return(db.session(), public_id, viewer().id)
    lesson = load_lesson(db.session(), _revision(card))
    given = lesson.reply(card.reply) if card.waits_since is None else None
    picked = lesson.reply(reply_number(request.args.get("reply", "")))
    return make_response(
        render_template(
            "returns/show.html",
            title=title_of(db.session(), _revision(card)),
            public_id=public_id,
            lesson=lesson,
            picked=picked,
            given=given,
            due_on=card.due_on,
        )
    )


@bp.post("/answers")
@allow(Access.SIGNED_IN)
def answer(public_id: str) -> Response:
    """`reply=n`. The first answer is the one that is kept."""
    reply = reply_number(request.form.get("reply", ""))
    if reply is None:
        find_return(db.session(), public_id, viewer().id)
        raise InvalidError(_("Pick a reply first. Nothing was changed."))
    with transaction() as session:
        card = find_return(session, public_id, viewer().id)
        answer_return(session, card, reply, now())
    return see_other("returns.show", public_id=public_id, _anchor="your-call")


answer.back_to = "returns.show"  # type: ignore[attr-defined]  # where a visitor returns to after signing in


def _revision(card: ReturnCard) -> int:
    if card.revision_id is None:
        raise InvalidError
    return card.revision_id
