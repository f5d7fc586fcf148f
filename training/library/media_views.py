"""The pictures of the lessons, for ever: an address is made of what it shows."""

from __future__ import annotations

from flask import Blueprint, Response
from sqlalchemy import select

from training.database import db
from training.errors import NotFoundError
from training.library.models import Picture
from training.library.public_pages import closed, site_settings
from training.web import Access, allow

bp = Blueprint("media", __name__, url_prefix="/media")
# Opened by itself, a picture is a document that may do nothing.
POLICY = "default-src 'none'; sandbox"


@bp.get("/<name>")
@allow(Access.ANYONE)
def show(name: str) -> Response:
    """One picture; for members only where the tips are."""
    if (answer := closed()) is not None:
        return answer
    found = db.session().execute(select(Picture.body, Picture.mimetype).where(Picture.name == name)).first()
    if found is None:
        raise NotFoundError
    response = Response(found.body, mimetype=found.mimetype)
    who = "public" if site_settings().public_tips else "private"
    response.headers["Cache-Control"] = f"{who}, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = POLICY
    return response
