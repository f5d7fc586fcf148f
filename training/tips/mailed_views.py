"""Where a mailed tip lands: the tip, its decision, and one button. GET shows; only POST keeps an answer."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from training.accounts.tokens import SpentTokenError
from training.clock import now
from training.database import db, transaction
from training.errors import InvalidError
from training.library.rules import reply_number
from training.tips.answering import record_answer, tip_behind
from training.tips.subscribing_views import page, spent
from training.web import Access, allow, see_other

bp = Blueprint("mailed_tip", __name__, url_prefix="/t/tip/<token>")
bp.register_error_handler(SpentTokenError, lambda _problem: spent())


@bp.get("")
@allow(Access.ANYONE)
def show(token: str) -> Response:
    """The tip. `?reply=n` picks a reply, `said=yes` shows what it does, `nameless=yes` keeps nothing."""
    tip = tip_behind(db.session(), token)
    picked = tip.lesson.reply(reply_number(request.args.get("reply", "")))
    return page(
        "tips/tip.html",
        token=token,
        tip=tip,
        picked=picked,
        said=picked is not None and "said" in request.args,
        nameless="nameless" in request.args or not tip.reader,
    )


@bp.post("")
@allow(Access.ANYONE)
def answer(token: str) -> Response:
    """Keep the reply, if it is the first to this tip; then show what it does."""
    reply = reply_number(request.form.get("reply", ""))
    if reply is None:
        tip_behind(db.session(), token)
        raise InvalidError(_("Pick a reply first. Nothing was changed."))
    with transaction() as session:
        record_answer(session, token, reply, now())
    return see_other("mailed_tip.show", token=token, reply=reply, said="yes", _anchor="your-call")
