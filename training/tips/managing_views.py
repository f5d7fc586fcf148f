"""One's own subscription by a mailed link: its moment, a pause, another address, what is kept, the end."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import cast

from flask import Blueprint, Response, current_app, flash, make_response
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from training.accounts.doorway import network
from training.accounts.tokens import SpentTokenError
from training.clock import now
from training.database import db, transaction
from training.settings import Settings
from training.tips import managing
from training.tips.forms import AddressForm, MomentForm, PauseForm
from training.tips.models import Subscription
from training.tips.own_data import own_data
from training.tips.queries import OwnTip, is_resting, own_tip
from training.tips.subscribing_views import page, spent
from training.web import Access, allow, see_other
from training.web.i18n import today_here

bp = Blueprint("tip_management", __name__, url_prefix="/t/tip-subscription/<token>")
bp.register_error_handler(SpentTokenError, lambda _problem: spent())


def site_zone() -> str:
    return cast("Settings", current_app.extensions["settings"]).time_zone


def moment_form(tip: OwnTip) -> MomentForm:
    """The form, filled with what holds now."""
    return MomentForm(formdata=None, weekday=tip.weekday, hour=tip.hour, time_zone=tip.time_zone)


def pause_form() -> PauseForm:
    """The form as it was sent."""
    form = PauseForm()
    form.today = today_here()
    return form


@bp.get("")
@allow(Access.ANYONE)
def show(token: str) -> Response:
    return _shown(token)


@bp.post("/moment")
@allow(Access.ANYONE)
def choose_moment(token: str) -> Response:
    form = MomentForm()
    if not form.validate():
        return _shown(token, 422, moment=form)
    _write(token, lambda session, one: managing.choose_moment(session, one, form.moment))
    flash(_("Saved. It counts from the next tip on."))
    return see_other("tip_management.show", token=token)


@bp.post("/pause")
@allow(Access.ANYONE)
def pause(token: str) -> Response:
    form = pause_form()
    if not form.validate():
        return _shown(token, 422, pause=form)
    _write(token, lambda session, one: managing.pause(session, one, form.day, site_zone()))
    flash(_("Saved. No tip comes before that day."))
    return see_other("tip_management.show", token=token)


@bp.post("/pause/end")
@allow(Access.ANYONE)
def end_pause(token: str) -> Response:
    _write(token, lambda session, one: managing.pause(session, one, None, site_zone()))
    flash(_("The tip comes again."))
    return see_other("tip_management.show", token=token)


@bp.post("/address")
@allow(Access.ANYONE)
def change_address(token: str) -> Response:
    form = AddressForm()
    if not form.validate():
        return _shown(token, 422, address=form)
    _write(
        token,
        lambda session, one: managing.request_address_change(session, one, form.address, network(), now()),
    )
    flash(_("We have written to %(address)s. It counts once you say yes there.", address=form.address))
    return see_other("tip_management.show", token=token)


@bp.post("/end")
@allow(Access.ANYONE)
def end(token: str) -> Response:
    _write(token, lambda session, one: managing.end(session, one, now()))
    flash(_("You are off the list. No tip comes any more."))
    return see_other("tip_management.show", token=token)


@bp.post("/begin")
@allow(Access.ANYONE)
def begin(token: str) -> Response:
    _write(token, lambda session, one: managing.begin(session, one, now()))
    flash(_("The tip comes again."))
    return see_other("tip_management.show", token=token)


@bp.get("/data")
@allow(Access.ANYONE)
def data(token: str) -> Response:
    """All that is kept of this subscription, as a file."""
    found = own_data(db.session(), managing.find_managed(db.session(), token, now()))
    response = make_response(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = 'attachment; filename="weekly-tip.json"'
    return response


def _write(token: str, act: Callable[[Session, Subscription], None]) -> None:
    with transaction() as session:
        act(session, managing.find_managed(session, token, now()))


def _shown(
    token: str,
    status: int = 200,
    moment: MomentForm | None = None,
    pause: PauseForm | None = None,
    address: AddressForm | None = None,
) -> Response:
    found = managing.find_managed(db.session(), token, now())
    tip = own_tip(db.session(), found, site_zone(), now())
    return page(
        "tips/manage.html",
        status,
        token=token,
        tip=tip,
        is_resting=is_resting(db.session()),
        moment=moment or moment_form(tip),
        pause=pause or PauseForm(formdata=None),
        address=address or AddressForm(formdata=None),
    )
