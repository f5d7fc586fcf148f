"""Static files under an address that changes with their content, so browsers may keep them for ever."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import NotFound

from training.web.access import Access, allow

bp = Blueprint("assets", __name__)
STYLESHEET = "zanshin.css"
# Mails show these, and a mail is read on somebody else's page: our usual header would leave a hole there.
IN_MAILS = "images/faces/"
_COMPRESSED = {".css", ".js", ".svg", ".json", ".txt"}
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")


@dataclass(frozen=True)
class StaticFile:
    """One file as it is sent."""

    body: bytes
    mimetype: str
    is_text: bool

    @cached_property
    def gzipped(self) -> bytes | None:
        """None where that would not be shorter. Made when somebody first wants it: the studio's editor alone
        takes a tenth of a second, and no start should wait for it.
        """
        gzipped = gzip.compress(self.body, 9, mtime=0) if self.is_text else self.body
        return gzipped if len(gzipped) < len(self.body) else None


@dataclass(frozen=True)
class StaticFiles:
    """The whole tree, read once at start. `version` is the hash of everything in it."""

    files: dict[str, StaticFile]
    version: str


def read_static_files(folder: Path) -> StaticFiles:
    """Every file below `folder`; `css/*.css` also joined, in name order, as one `css/zanshin.css`."""
    bodies = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
    parts = [bodies.pop(name) for name in sorted(bodies) if name.startswith("css/")]
    bodies[f"css/{STYLESHEET}"] = b"\n".join(parts)
    digest = hashlib.sha256()
    for name in sorted(bodies):
        digest.update(f"{name}\0{len(bodies[name])}\0".encode() + bodies[name])
    return StaticFiles(
        {name: _prepared(name, body) for name, body in bodies.items()}, digest.hexdigest()[:16]
    )


def _prepared(name: str, body: bytes) -> StaticFile:
    mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return StaticFile(body, mimetype, is_text=Path(name).suffix in _COMPRESSED)


def init(app: Flask, folder: Path) -> None:
    app.extensions["static_files"] = read_static_files(folder)
    app.jinja_env.globals["asset"] = asset
    app.register_blueprint(bp)


def asset(name: str) -> str:
    """The address of a static file. A name that does not exist is a bug, so it raises."""
    held = _held()
    if name not in held.files:
        raise FileNotFoundError(f"static/{name}")
    return f"/static/{held.version}/{name}"


@bp.get("/static/<version>/<path:name>")
@allow(Access.ANYONE)
def show(version: str, name: str) -> Response:
    """One file, for ever. An older page's address still answers, with what we have now, and is not kept."""
    held = _held()
    found = held.files.get(name)
    if found is None:
        raise NotFound
    response = Response(found.body, mimetype=found.mimetype)
    if found.gzipped is not None:
        response.headers["Vary"] = "Accept-Encoding"
        if request.accept_encodings["gzip"] > 0:
            response.set_data(found.gzipped)
            response.headers["Content-Encoding"] = "gzip"
    if name.startswith(IN_MAILS):
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    current = version == held.version
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
    return response


def _held() -> StaticFiles:
    return cast("StaticFiles", current_app.extensions["static_files"])
