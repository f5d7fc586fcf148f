"""`/studio/tips`: the calendar of the weekly tip, its order, its mail as readers get it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Blueprint, Response, current_app, flash, make_response, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from training.accounts import audit
from training.accounts.queries import own_account
from training.accounts.sessions import new_secret
from training.clock import now
from training.database import db, transaction
from training.errors import ConflictError, InvalidError, NotFoundError
from training.library.models import Kind
from training.library.queries import find_published
from training.mail.composition import Composed
from training.mail.service import queue_composed
from training.settings import Settings
from training.tips import planning
from training.tips.composing import ReaderLinks, compose_tip, tip_mail
from training.tips.rules import Week, newest_open
from training.tips.studio_page import studio_tips
from training.web import Access, allow, see_other, viewer
from training.web.i18n import today_here
from training.web.responses import no_store

bp = Blueprint("weekly_tip", __name__, url_prefix="/studio/tips")
# A mail's styles stand in it, and it is shown as it is: so it may do nothing else at all.
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox"
_DARK = "@media (prefers-color-scheme: dark)"
_AS = {"light": "@media not all", "dark": "@media all"}


@bp.get("")
@allow(Access.TRAINER)
def index() -> Response:
    html = render_template("tips/studio.html", page=studio_tips(db.session(), now()), email=_own_email())
    return make_response(html)


@bp.post("/pause")
@allow(Access.TRAINER)
def rest() -> Response:
    return _done(planning.rest, _("Paused. No tip goes out until you resume."))


@bp.post("/pause/end")
@allow(Access.TRAINER)
def resume() -> Response:
    return _done(planning.resume, _("Resumed. This week’s tip goes to everybody whose hour has come."))


@bp.post("/skips")
@allow(Access.TRAINER)
def skip() -> Response:
    week, current = _week(), newest_open(now())
    try:
        return _done(
            lambda session, by: planning.skip(session, week, current, by), _("That week is skipped.")
        )
    except ConflictError:
        raise _too_late() from None


@bp.post("/skips/end")
@allow(Access.TRAINER)
def unskip() -> Response:
    week, current = _week(), newest_open(now())
    try:
        words = _("That week has its tip again.")
        return _done(lambda session, by: planning.unskip(session, week, current, by), words)
    except ConflictError:
        raise _too_late() from None


@bp.post("/order")
@allow(Access.TRAINER)
def move_up() -> Response:
    """`slug` comes one place earlier."""
    slug, week = request.form.get("slug", ""), newest_open(now())
    return _done(lambda session, by: planning.move_up(session, slug, week, by), _("Moved up."))


@bp.post("/<slug>/tests")
@allow(Access.TRAINER)
def send_test(slug: str) -> Response:
    """The mail of a tip to oneself, now. Its links lead to the tip's own page and keep nothing."""
    composed, to = _composed(slug), _own_email()
    if to is None:
        flash(_("You have no e-mail here. Add one on your account page first."), "error")
        return see_other("weekly_tip.index")
    with transaction() as session:
        key = f"tip-test:{new_secret()}"
        queue_composed(session, purpose="tip-test", to=to, composed=composed, dedupe_key=key)
        me = viewer().public_id
        audit.append(session, actor=me, action="weekly tip tested", subject=f"lesson {slug}", at=now())
    flash(_("A test is on its way to %(address)s.", address=to))
    return see_other("weekly_tip.index")


@bp.get("/<slug>/mail/<scheme>")
@allow(Access.TRAINER)
def mail(slug: str, scheme: str) -> Response:
    """The HTML mail as a reader's `light` or `dark` screen shows it; or its `text`."""
    composed = _composed(slug)
    if scheme == "text":
        response = make_response(f"{_('Subject:')} {composed.subject}\n\n{composed.text}")
        response.mimetype = "text/plain"
    elif scheme in _AS:
        response = make_response(composed.html.replace(_DARK, _AS[scheme]))
    else:
        raise NotFoundError
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return no_store(response)


def _composed(slug: str) -> Composed:
    """The mail, with links for looking: nothing of them can be answered or stopped.

    A tip whose day has not come has no page yet: its links lead to the calendar.
    """
    published = find_published(db.session(), Kind.LESSON, slug)
    base_url = cast("Settings", current_app.extensions["settings"]).base_url
    own, has_come = f"{base_url}/account/weekly-tip", published.tip_on and published.tip_on <= today_here()
    links = ReaderLinks(
        tip=f"{base_url}/tips/{slug}" if has_come else f"{base_url}/studio/tips", stop=own, change=own
    )
    return compose_tip(tip_mail(db.session(), published, newest_open(now())), links)


def _own_email() -> str | None:
    return own_account(db.session(), viewer().id).email


def _week() -> Week:
    found = Week.read(request.form.get("week", ""))
    if found is None:
        raise InvalidError
    return found


def _done(act: Callable[[Session, planning.By], None], words: str) -> Response:
    with transaction() as session:
        act(session, planning.By(viewer(), now()))
    flash(words)
    return see_other("weekly_tip.index")


def _too_late() -> ConflictError:
    words = _("That week’s tip is on its way already. Nothing was changed.")
    return ConflictError(words, url_for("weekly_tip.index"))
