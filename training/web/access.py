"""Closed by default: every endpoint declares who may open it, and one that does not stops the start."""

import re
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar, cast

from flask import Flask, Response, abort, current_app, g, request, url_for
from flask.typing import RouteCallable
from flask_login import LoginManager, current_user
from werkzeug.local import LocalProxy

from training.viewer import Viewer
from training.web.responses import no_store, see_other

_View = TypeVar("_View", bound=RouteCallable)
login_manager = LoginManager()
_SHORT_NUMBER = re.compile(r"[0-9]{1,4}")


class Access(Enum):
    """The least that a route asks of whoever opens it. What exactly they may see, its finder decides."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    LEAD = "lead or trainer of a team, trainer or admin"
    TRAINER = "trainer or admin"
    ADMIN = "admin"

    def admits(self, who: Viewer | None) -> bool:
        if self is Access.ANYONE:
            return True
        if who is None:
            return False
        rights = {
            Access.SIGNED_IN: True,
            Access.LEAD: who.leads or who.is_trainer or who.is_admin,
            Access.TRAINER: who.is_trainer or who.is_admin,
            Access.ADMIN: who.is_admin,
        }
        return rights[self]


def allow(access: Access) -> Callable[[_View], _View]:
    """Declare who may open a view. Goes under the route decorator, directly above the function."""

    def mark(view: _View) -> _View:
        view.access = access  # type: ignore[union-attr]
        return view

    return mark


def viewer() -> Viewer:
    """The signed-in person. Only for views that ask for one; elsewhere use `viewer_or_none`."""
    found = viewer_or_none()
    if found is None:
        raise RuntimeError("this view is open to visitors: ask viewer_or_none()")
    return found


def viewer_or_none() -> Viewer | None:
    """The signed-in person, or None for a visitor."""
    user = cast("LocalProxy[object]", current_user)._get_current_object()  # noqa: SLF001  # werkzeug's public name
    return user if isinstance(user, Viewer) else None


def forget_viewer() -> None:
    """Treat the rest of this request as a visitor's: an error page must not ask a database that is away."""
    g._login_user = None  # noqa: SLF001  # where Flask-Login keeps whom it found


def declared_access(app: Flask, endpoint: str) -> Access | None:
    """What the view behind an endpoint declares; static files are for anyone."""
    view = app.view_functions[endpoint]
    return cast("Access | None", getattr(view, "access", None))


def undeclared(app: Flask) -> list[str]:
    """Endpoints without a rule: the start and the tests stop at the first one."""
    return sorted(name for name in app.view_functions if declared_access(app, name) is None)


def init(app: Flask) -> None:
    # Identity is the session row behind the cookie; Flask-Login keeps nothing of its own. Its `init_app`
    # would read the form's session on every response for a remember-cookie: no public page could be cached.
    login_manager.session_protection = None
    app.login_manager = login_manager  # type: ignore[attr-defined]
    app.before_request(_guard)


def _guard() -> Response | None:
    """Visitors at a closed door go to sign in and come back; the others must not learn that it is there."""
    if request.endpoint is None:
        return None
    access = declared_access(_app(), request.endpoint)
    who = None if access is Access.ANYONE else viewer_or_none()
    if access is not None and access.admits(who):
        return None
    if access is None or who is not None:
        abort(404)
    return no_store(see_other("accounts.sign_in", **_way_back()))


def _way_back() -> dict[str, str]:
    if request.method == "POST":
        return {"next": _page_of_the_form()}
    return {"next": request.full_path.rstrip("?")} if request.path != "/" else {}


def _page_of_the_form() -> str:
    """A POST cannot be repeated after signing in: its page can. A view may name it as `back_to`.

    `carry` maps the form's whole numbers that this page shows again, only highlighted, to their names there.
    """
    view = _app().view_functions[request.endpoint or ""]
    back_to = getattr(view, "back_to", None)
    carry: dict[str, str] = getattr(view, "carry", {})
    kept = {there: request.form.get(here, "") for here, there in carry.items()}
    values: dict[str, Any] = {name: text for name, text in kept.items() if _SHORT_NUMBER.fullmatch(text)}
    values |= request.view_args or {}
    return url_for(back_to, **values) if back_to else "/"


def _app() -> Flask:
    return cast("LocalProxy[Flask]", current_app)._get_current_object()  # noqa: SLF001  # werkzeug's public name
