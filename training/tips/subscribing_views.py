"""Onto the list and off it, for anybody with an address. GET shows a page; only POST acts."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask_babel import gettext as _

from training.accounts.doorway import network
from training.accounts.tokens import SpentTokenError, find_token
from training.clock import now
from training.database import db, transaction
from training.errors import NotFoundError, ThrottledError
from training.settings import Settings
from training.tips import subscribing
from training.tips.forms import AddressForm
from training.tips.managing import change_address, find_stopped, stop
from training.tips.token_models import TipAddressChange, TipConfirmation
from training.web import Access, allow, see_other
from training.web.origin import csrf
from training.web.responses import no_store

bp = Blueprint("subscriptions", __name__)


def require_public_tips() -> None:
    """Where tips are for members only nobody else can have them mailed."""
    if not cast("Settings", current_app.extensions["settings"]).public_tips:
        raise NotFoundError


@bp.get("/subscriptions/new")
@allow(Access.ANYONE)
def new() -> Response:
    require_public_tips()
    return page("tips/subscribe.html", form=AddressForm(), wait="")


@bp.post("/subscriptions")
@allow(Access.ANYONE)
def create() -> Response:
    """Ask the owner of an address. The answer is the same whether we know the address or not."""
    require_public_tips()
    form = AddressForm()
    if not form.validate():
        return page("tips/subscribe.html", 422, form=form, wait="")
    try:
        with transaction() as session:
            subscribing.request_subscription(session, form.address, network(), now())
    except ThrottledError as problem:
        wait = _("Many have asked from where you are. Wait a minute, then try again.")
        response = page("tips/subscribe.html", 429, form=form, wait=wait)
        response.headers["Retry-After"] = str(problem.retry_after)
        return response
    return see_other("subscriptions.sent")


@bp.get("/subscriptions/sent")
@allow(Access.ANYONE)
def sent() -> Response:
    require_public_tips()
    return page("tips/sent.html")


@bp.route("/t/tip-confirmation/<token>", methods=["GET", "POST"])
@allow(Access.ANYONE)
def confirm(token: str) -> Response:
    require_public_tips()
    try:
        address = find_token(db.session(), TipConfirmation, token, now()).email
        if request.method != "POST":
            return page("tips/confirm.html", address=address)
        with transaction() as session:
            managed = subscribing.confirm_subscription(session, token, now())
    except SpentTokenError:
        return spent()
    return see_other("tip_management.show", token=managed)


@bp.route("/t/tip-address/<token>", methods=["GET", "POST"])
@allow(Access.ANYONE)
def confirm_address(token: str) -> Response:
    require_public_tips()
    try:
        address = find_token(db.session(), TipAddressChange, token, now()).new_email
        if request.method != "POST":
            return page("tips/confirm_address.html", address=address)
        with transaction() as session:
            managed = change_address(session, token, now())
    except SpentTokenError:
        return spent()
    return see_other("tip_management.show", token=managed)


# The one address that takes a form without a token: mailbox providers press "unsubscribe" for their people
# (RFC 8058). It can do nothing else, and does not redirect: providers do not follow.
@bp.route("/t/tip-stop/<token>", methods=["GET", "POST"])
@csrf.exempt  # type: ignore[untyped-decorator]
@allow(Access.ANYONE)
def stop_tips(token: str) -> Response:
    """Off the list, without signing in. Again, or years later, the page is the same."""
    try:
        find_stopped(db.session(), token)
        if request.method != "POST":
            return page("tips/stop.html")
        with transaction() as session:
            stop(session, token, now())
    except SpentTokenError:
        return spent()
    return page("tips/stopped.html")


def spent() -> Response:
    """One page for a link that is used, too old, bent, or of another purpose: what to do is the same."""
    return page("tips/spent.html", 404)


def page(template: str, status: int = 200, **values: object) -> Response:
    return no_store(make_response(render_template(template, **values), status))
