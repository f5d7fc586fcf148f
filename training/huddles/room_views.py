"""The room's phones: a code or a picture leads here, nobody signs in, and each browser has one vote."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import cast

from flask import Blueprint, Response, current_app, flash, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from training.accounts.doorway import network
from training.accounts.forms import add_error
from training.accounts.throttle import Pace, admit, bucket_key, give_back
from training.clock import now
from training.database import db, transaction
from training.errors import InvalidError, NotFoundError, ThrottledError
from training.huddles import service
from training.huddles.decisions import load_decision
from training.huddles.forms import CodeForm
from training.huddles.queries import HuddleSeen, address_of_code, count_votes, find_in_room, vote_of
from training.huddles.rules import OPEN_FOR
from training.settings import Settings
from training.web import Access, allow, see_other

bp = Blueprint("huddle_room", __name__, url_prefix="/huddle")
# A whole room may sit behind one address; a right code gives its try back.
CODES = Pace(30, timedelta(seconds=1), timedelta(seconds=60), timedelta(hours=1))
VOTES = Pace(120, timedelta(seconds=1), timedelta(seconds=20), timedelta(minutes=15))
_REPLY = re.compile(r"[0-9]{1,2}", re.ASCII)
_SECRET = re.compile(r"[\w-]{43}", re.ASCII)


@bp.get("")
@allow(Access.ANYONE)
def join() -> str:
    return render_template("huddles/join.html", form=CodeForm())


@bp.post("")
@allow(Access.ANYONE)
def find() -> Response:
    """A code that opens nothing says so, and nothing of any other."""
    form = CodeForm()
    if not form.validate():
        return _join(form, 422)
    key = bucket_key("huddle-code", network())
    try:
        with transaction() as session:
            admit(session, key, CODES, now())
    except ThrottledError as problem:
        seconds = problem.retry_after
        add_error(form.code, _("That was a lot of tries.") + " " + _wait(seconds))
        response = _join(form, 429)
        response.headers["Retry-After"] = str(seconds)
        return response
    public_id = address_of_code(db.session(), form.cleaned, now()) if form.cleaned else None
    if public_id is None:
        add_error(form.code, _("No huddle is open under this code. Look at the screen again."))
        return _join(form, 422)
    with transaction() as session:
        give_back(session, key)
    return see_other(".show", public_id=public_id)


def _join(form: CodeForm, status: int) -> Response:
    return make_response(render_template("huddles/join.html", form=form), status)


def _wait(seconds: int) -> str:
    words = ngettext("Wait %(num)s second, then try again.", "Wait %(num)s seconds, then try again.", seconds)
    return str(words)


@bp.get("/<public_id>")
@allow(Access.ANYONE)
def show(public_id: str) -> Response:
    """The replies to choose from. The cookie is given here, so that a double click is still one browser."""
    huddle = _here(public_id)
    secret = _cookie()
    picked = None
    if secret:
        picked = vote_of(db.session(), huddle.id, service.hash_of_browser(public_id, secret))
    decision = load_decision(db.session(), huddle.chosen, picked)
    html = render_template(
        "huddles/vote.html",
        huddle=huddle,
        decision=decision,
        is_open=huddle.is_open(now()),
        picked=next((reply for reply in decision.replies if reply.picked), None),
    )
    response = make_response(html)
    response.headers["X-Robots-Tag"] = "noindex"
    if not secret:
        _give_cookie(response)
    return response


@bp.get("/<public_id>/votes")
@allow(Access.ANYONE)
def votes(public_id: str) -> Response:
    """How many phones have voted, for a page that asks again and again: nobody's session is read, or kept."""
    huddle = _here(public_id)
    is_open = huddle.is_open(now())
    return jsonify(votes=count_votes(db.session(), huddle.id) if is_open else None, open=is_open)


@bp.post("/<public_id>/votes")
@allow(Access.ANYONE)
def vote(public_id: str) -> Response:
    """Vote, or vote again: the last one counts."""
    _here(public_id)
    secret, reply = _cookie(), request.form.get("choice", "")
    if not secret:
        raise InvalidError(_("This browser keeps no cookies, so it cannot vote. Raise a hand instead."))
    if not _REPLY.fullmatch(reply):
        raise InvalidError
    with transaction() as session:
        admit(session, bucket_key("huddle-vote", public_id, network()), VOTES, now())
    with transaction() as session:  # of its own: a vote that is refused is a try all the same
        browser = service.hash_of_browser(public_id, secret)
        service.cast_vote(session, public_id, browser, int(reply), now())
    flash(_("Your vote is in."))
    return see_other(".show", public_id=public_id)


vote.back_to = "huddle_room.show"  # type: ignore[attr-defined]  # where a browser returns to


def _here(public_id: str) -> HuddleSeen:
    try:
        return find_in_room(db.session(), public_id, now())
    except NotFoundError:
        raise NotFoundError(_("No huddle is open here. Ask whoever leads it for the code.")) from None


def _cookie_name() -> str:
    """`__Host-` binds the cookie to this host and to https."""
    return "__Host-huddle" if _settings().is_https else "huddle"


def _cookie() -> str:
    secret = request.cookies.get(_cookie_name(), "")
    return secret if _SECRET.fullmatch(secret) else ""


def _give_cookie(response: Response) -> None:
    """A random name for this browser: it says nothing, and only its hash is kept, while voting lasts."""
    response.set_cookie(
        _cookie_name(),
        secrets.token_urlsafe(32),
        max_age=int(OPEN_FOR.total_seconds()),
        secure=_settings().is_https,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def _settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])
