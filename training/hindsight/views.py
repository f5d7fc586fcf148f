"""`/studio/calls/<slug>`: what learners did in a call."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from training.authoring.logged import log
from training.clock import now
from training.database import db, transaction
from training.errors import NotFoundError
from training.hindsight.page import CallPage, call_page
from training.hindsight.sheet import sheet
from training.web import Access, allow
from training.web.csv_cells import to_csv

bp = Blueprint("hindsight", __name__, url_prefix="/studio/calls")


@bp.get("/<slug>")
@allow(Access.TRAINER)
def show(slug: str) -> str:
    """Per key: shares, times, endings, where people leave, and what to look at."""
    return render_template("hindsight/call.html", page=_page(slug))


@bp.get("/<slug>/replies.csv")
@allow(Access.TRAINER)
def export(slug: str) -> Response:
    """The figures of checks, for a spreadsheet. One of the writes that a GET may make: it left the site."""
    page = _page(slug)
    with transaction() as session:
        log(session, "replies to a call as CSV", slug)
    response = Response(to_csv(sheet(page)), mimetype="text/csv")
    name = f"{slug}-revision-{page.group.newest}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(slug: str) -> CallPage:
    number = request.args.get("revision", "0")
    if not (number.isascii() and number.isdigit() and len(number) < 7):
        raise NotFoundError
    return call_page(db.session(), slug, int(number), now())
