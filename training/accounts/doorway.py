"""What every way in shares: the browser at the door, and letting it in."""

from datetime import datetime
from typing import cast

from flask import Response, current_app, redirect, request
from flask import session as form_session
from sqlalchemy.orm import Session

from training.accounts.devices import describe_device
from training.accounts.identity import set_cookie
from training.accounts.service import Visit
from training.accounts.sessions import end_session
from training.accounts.throttle import network_of
from training.settings import Settings
from training.web.access import viewer_or_none
from training.web.responses import no_store


def settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])


def network() -> str:
    """The network that this request comes from."""
    return network_of(request.remote_addr)


def visit(*, shared: object = False) -> Visit:
    """The browser that made this request."""
    return Visit(network(), describe_device(request.user_agent.string), bool(shared))


def leave_old_session(session: Session, at: datetime) -> None:
    """Whoever was signed in in this browser is not any more."""
    before = viewer_or_none()
    if before is not None:
        end_session(session, before.session_id, at)


def go_to(target: str) -> Response:
    """303 to an address of ours that `safe_next` or `url_for` gave."""
    return no_store(cast("Response", redirect(target, 303, Response)))


def let_in(secret: str, target: str, *, shared: object = False) -> Response:
    """303 to `target` with the new session's cookie; the form secret of the visitor is not carried over."""
    form_session.clear()
    response = go_to(target)
    set_cookie(response, secret, shared=bool(shared))
    return response
