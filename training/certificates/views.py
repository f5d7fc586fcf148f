"""Certificates: made by whoever finished a module, printed by them, looked up by anybody with the address."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, current_app, make_response, render_template, url_for
from flask_babel import gettext as _

from training.certificates.queries import find_certificate, find_finished, find_sheet
from training.certificates.service import make_certificate
from training.clock import now
from training.database import db, transaction
from training.errors import NotFoundError
from training.settings import Settings
from training.web import Access, allow, see_other, viewer
from training.web.access import viewer_or_none
from training.web.qr import qr_code

bp = Blueprint("certificates", __name__)


@bp.post("/modules/<slug>/certificates")
@allow(Access.SIGNED_IN)
def create(slug: str) -> Response:
    """For a module that the viewer has finished; anything else is not there."""
    finished = find_finished(db.session(), slug, viewer().id)
    with transaction() as session:
        public_id = make_certificate(session, viewer().id, finished, now())
    return see_other("certificates.sheet", public_id=public_id)


@bp.get("/certificates/<public_id>")
@allow(Access.ANYONE)
def show(public_id: str) -> Response:
    """Does it hold? The name, the module and the day, and nothing else."""
    try:
        certificate = find_certificate(db.session(), public_id, viewer_or_none())
    except NotFoundError:
        raise NotFoundError(_("There is no certificate at this address. Was it copied whole?")) from None
    return _unlisted(render_template("certificates/show.html", certificate=certificate))


@bp.get("/certificates/<public_id>/sheet")
@allow(Access.SIGNED_IN)
def sheet(public_id: str) -> Response:
    """The page to print, for its owner."""
    page = find_sheet(db.session(), public_id, viewer())
    settings = cast("Settings", current_app.extensions["settings"])
    address = settings.base_url.rstrip("/") + url_for("certificates.show", public_id=public_id)
    return _unlisted(
        render_template("certificates/sheet.html", page=page, address=address, qr=qr_code(address))
    )


def _unlisted(html: str) -> Response:
    response = make_response(html)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
