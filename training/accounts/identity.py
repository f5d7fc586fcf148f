"""From a request's cookie to its viewer, and back to a cookie."""

from typing import Any, cast

from flask import Flask, Request, Response, current_app
from sqlalchemy import Select
from werkzeug.wrappers import Response as BaseResponse

from training.accounts.sessions import LeadsColumn, find_viewer, touch_session, viewer_query
from training.clock import now
from training.database import db, transaction
from training.settings import Settings
from training.viewer import Viewer
from training.web.access import login_manager

_QUERY = "viewer_query"


def init(app: Flask, leads: LeadsColumn) -> None:
    """`leads(person_id)` says, in SQL, whether a person leads or trains a team; teams know, not accounts."""
    app.extensions[_QUERY] = viewer_query(leads)
    login_manager.request_loader(_load_viewer)


def cookie_name(settings: Settings) -> str:
    """`__Host-` binds the cookie to this host and to https."""
    return "__Host-session" if settings.is_https else "session"


def _load_viewer(request: Request) -> Viewer | None:
    secret = request.cookies.get(cookie_name(_settings()))
    if not secret or len(secret) > 100:
        return None
    query = cast("Select[*tuple[Any, ...]]", current_app.extensions[_QUERY])
    sighting = find_viewer(db.session(), query, secret, now())
    if sighting is None:
        return None
    if sighting.is_stale(writing=request.method not in ("GET", "HEAD")):
        with transaction() as session:
            touch_session(session, sighting.viewer.session_id, now())
    return sighting.viewer


def set_cookie(response: BaseResponse, secret: str, *, shared: bool = False) -> None:
    """Hand the secret to the browser; the row has the real limits. A shared one forgets it when it closes."""
    settings = _settings()
    response.set_cookie(
        cookie_name(settings),
        secret,
        max_age=None if shared else 60 * 60 * 24 * 30,
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def forget_cookie(response: Response) -> None:
    settings = _settings()
    response.delete_cookie(
        cookie_name(settings), secure=settings.is_https, httponly=True, samesite="Lax", path="/"
    )


def _settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])
