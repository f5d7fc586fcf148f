"""Which hosts and proxies are believed, and how much a request may carry."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request
from flask.typing import RouteCallable
from werkzeug.middleware.proxy_fix import ProxyFix

from training.settings import Settings
from training.web.access import declared_access, viewer_or_none

_View = TypeVar("_View", bound=RouteCallable)
MAX_BODY = 1024 * 1024


def allow_body(most: int) -> Callable[[_View], _View]:
    """Let a view take up to `most` bytes, from those who may open it at all. Goes under the route."""

    def mark(view: _View) -> _View:
        view.max_body = most  # type: ignore[union-attr]
        return view

    return mark


def init(app: Flask, settings: Settings) -> None:
    hosts = [settings.host]
    if settings.is_local:
        hosts += ["127.0.0.1", "localhost", "[::1]"]
    app.config["TRUSTED_HOSTS"] = hosts
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    app.config["MAX_FORM_PARTS"] = 200
    app.config["PREFERRED_URL_SCHEME"] = "https" if settings.is_https else "http"
    # First of all: looking for the form's token reads the body.
    app.before_request(_take_more_of_those_who_may)
    count = settings.trusted_proxies
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def _take_more_of_those_who_may() -> None:
    if request.endpoint is None:
        return
    most = getattr(current_app.view_functions[request.endpoint], "max_body", None)
    access = declared_access(current_app, request.endpoint) if most else None
    if access is not None and access.admits(viewer_or_none()):
        request.max_content_length = most
