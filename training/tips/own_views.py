"""The weekly tip of somebody with an account: on from the start, off with one click."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, flash, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from training.accounts.parts import AccountPart
from training.clock import now
from training.database import db, transaction
from training.tips import managing
from training.tips.forms import MomentForm, PauseForm
from training.tips.managing_views import moment_form, pause_form, site_zone
from training.tips.models import Subscription
from training.tips.queries import is_resting, tip_of_person
from training.web import Access, allow, see_other, viewer

bp = Blueprint("own_tip", __name__, url_prefix="/account/weekly-tip")


def account_part() -> AccountPart:
    """What the account page says of it."""
    tip = tip_of_person(db.session(), viewer().id, site_zone(), now())
    return AccountPart("tips/account_part.html", {"tip": tip, "is_resting": is_resting(db.session())})


@bp.get("")
@allow(Access.SIGNED_IN)
def show() -> Response:
    return _shown()


@bp.post("/moment")
@allow(Access.SIGNED_IN)
def choose_moment() -> Response:
    form = MomentForm()
    if not form.validate():
        return _shown(422, moment=form)
    _write(lambda session, mine: managing.choose_moment(session, mine, form.moment))
    flash(_("Saved. It counts from the next tip on."))
    return see_other("own_tip.show")


@bp.post("/returns")
@allow(Access.SIGNED_IN)
def choose_returns() -> Response:
    """`wanted=yes`, or anything else for no."""
    wanted = request.form.get("wanted") == "yes"
    _write(lambda session, mine: managing.choose_returns(session, mine, wanted=wanted))
    flash(_("Saved. It counts from the next tip on."))
    return see_other("own_tip.show")


@bp.post("/pause")
@allow(Access.SIGNED_IN)
def pause() -> Response:
    form = pause_form()
    if not form.validate():
        return _shown(422, pause=form)
    _write(lambda session, mine: managing.pause(session, mine, form.day, site_zone()))
    flash(_("Saved. No tip comes before that day."))
    return see_other("own_tip.show")


@bp.post("/pause/end")
@allow(Access.SIGNED_IN)
def end_pause() -> Response:
    _write(lambda session, mine: managing.pause(session, mine, None, site_zone()))
    flash(_("The tip comes again."))
    return see_other("own_tip.show")


@bp.post("/end")
@allow(Access.SIGNED_IN)
def end() -> Response:
    _write(lambda session, mine: managing.end(session, mine, now()))
    flash(_("No tip comes any more. Your modules stay as they are."))
    return see_other("accounts.index", _anchor="weekly-tip")


@bp.post("/begin")
@allow(Access.SIGNED_IN)
def begin() -> Response:
    _write(lambda session, mine: managing.begin(session, mine, now()))
    flash(_("The tip comes again."))
    return see_other("accounts.index", _anchor="weekly-tip")


def _write(act: Callable[[Session, Subscription], None]) -> None:
    with transaction() as session:
        act(session, managing.own_subscription(session, viewer().id))


def _shown(status: int = 200, moment: MomentForm | None = None, pause: PauseForm | None = None) -> Response:
    tip = tip_of_person(db.session(), viewer().id, site_zone(), now())
    html = render_template(
        "tips/own.html",
        tip=tip,
        is_resting=is_resting(db.session()),
        moment=moment or moment_form(tip),
        pause=pause or PauseForm(formdata=None),
    )
    return make_response(html, status)
