"""Customers' faces as pictures of their own, for lists and debriefs: one for each person and mood.

A page that shows one face draws it in its own markup, so that it can change its mind; a page that shows many
would say the same drawing over and over. Each picture carries the stylesheet's own rules for faces.
"""

import gzip
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, Response, current_app, request
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from training.web.access import Access, allow

Drawing = Callable[[str], Markup]
bp = Blueprint("faces", __name__)
MOODS = ("0", "1", "2", "3", "4")
SILHOUETTE = "silhouette"
# Looked at by itself, a picture can do nothing. As part of a page it needs its own rules.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="face" viewBox="0 0 240 250" width="240" height="250"'
    ' data-mood="{mood}"><style>{rules}</style>{drawing}</svg>'
)


class Faces:
    """The people that are drawn. `version` changes with any drawing and with the rules for moods."""

    def __init__(self, root: Path, drawing: Drawing) -> None:
        parts = sorted((root / "templates" / "components").glob("**/face*.html"))
        people = sorted((root / "templates" / "components" / "faces").glob("*.html"))
        rules = next((root / "static" / "css").glob("*-face.css")).read_bytes()
        digest = hashlib.sha256(b"\0".join([rules, *(path.read_bytes() for path in (*parts, *people))]))
        self.version = digest.hexdigest()[:16]
        self.drawn = frozenset(path.stem for path in people)
        self._rules, self._drawing = rules.decode(), drawing
        self.picture = cache(self._draw)

    def _draw(self, who: str, mood: str) -> bytes:
        """The picture, gzipped."""
        drawn = _FRAME.format(mood=mood, rules=self._rules, drawing=self._drawing(who))
        return gzip.compress(drawn.encode(), 9, mtime=0)


def init(app: Flask, root: Path) -> None:
    """After the templates, whose drawings these are."""
    app.extensions["faces"] = Faces(root, cast("Drawing", app.jinja_env.globals["drawing"]))
    app.jinja_env.globals["face_picture"] = face_picture
    app.register_blueprint(bp)


def face_picture(who: str, mood: int) -> str:
    """The address of somebody's picture; of a silhouette where they are not drawn."""
    held = _held()
    return f"/faces/{held.version}/{who if who in held.drawn else SILHOUETTE}-{mood}.svg"


@bp.get("/faces/<version>/<name>.svg")
@allow(Access.ANYONE)
def show(version: str, name: str) -> Response:
    """One picture, for ever. An older page's address answers with what we have now, and is not kept."""
    held = _held()
    who, _dash, mood = name.rpartition("-")
    if who not in held.drawn or mood not in MOODS:
        raise NotFound
    body = held.picture(who, mood)
    response = Response(mimetype="image/svg+xml", headers={"Vary": "Accept-Encoding"})
    if request.accept_encodings["gzip"] > 0:
        response.headers["Content-Encoding"] = "gzip"
        response.set_data(body)
    else:
        response.set_data(gzip.decompress(body))
    response.headers["Content-Security-Policy"] = POLICY
    current = version == held.version
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
    return response


def _held() -> Faces:
    return cast("Faces", current_app.extensions["faces"])
