"""Where a mailed decision lands: itself, and one button. GET shows; only POST keeps an answer."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from training.accounts.tokens import SpentTokenError
from training.clock import now
from training.database import db, transaction
from training.errors import InvalidError
from training.library.rules import reply_number
from training.returns.mailing import answer_mailed, decision_behind
from training.tips.subscribing_views import page, spent
from training.web import Access, allow, see_other

bp = Blueprint("mailed_return", __name__, url_prefix="/t/again/<token>")
bp.register_error_handler(SpentTokenError, lambda _problem: spent())


@bp.get("")
@allow(Access.ANYONE)
def show(token: str) -> Response:
    """`?reply=n` picks a reply, `said=yes` shows what it does, `nameless=yes` keeps nothing."""
    behind = decision_behind(db.session(), token)
    picked = behind.lesson.reply(reply_number(request.args.get("reply", "")))
    return page(
        "returns/mailed.html",
        token=token,
        behind=behind,
        picked=picked,
        said=picked is not None and "said" in request.args,
        nameless="nameless" in request.args,
    )


@bp.post("")
@allow(Access.ANYONE)
def answer(token: str) -> Response:
    """Keep the reply, if the decision still waits; then show what it does."""
    reply = reply_number(request.form.get("reply", ""))
    if reply is None:
        decision_behind(db.session(), token)
        raise InvalidError(_("Pick a reply first. Nothing was changed."))
    with transaction() as session:
        answer_mailed(session, token, reply, now())
    return see_other("mailed_return.show", token=token, reply=reply, said="yes", _anchor="your-call")
