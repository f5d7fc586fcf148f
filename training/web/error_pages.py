"""Every error as a page that says what is wrong, what was not lost, and what to do."""

import logging
import secrets
from dataclasses import dataclass

from flask import Flask, Response, current_app, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from training.database import is_duplicate
from training.errors import (
    ConflictError,
    InvalidError,
    NotFoundError,
    ThrottledError,
    TrainingError,
    UnavailableError,
)
from training.web.access import forget_viewer

logger = logging.getLogger("training")

STATUS: dict[type[TrainingError], int] = {
    NotFoundError: 404,
    ConflictError: 409,
    InvalidError: 422,
    ThrottledError: 429,
    UnavailableError: 503,
}


@dataclass(frozen=True)
class ErrorPage:
    """What an error page says. `way_on` is the address of its one button."""

    status: int
    title: str
    message: str
    way_on: str = "/"
    reference: str = ""


_SAID = {
    400: (
        _l("That request could not be read."),
        _l("Nothing was changed. Go back, reload the page and try again."),
    ),
    404: (
        _l("That page is not here."),
        _l("It may have moved, or it belongs to somebody else. Nothing of yours was lost."),
    ),
    405: (
        _l("That page cannot be used like this."),
        _l("Nothing was changed. Go back and use the page's own buttons."),
    ),
    409: (
        _l("This page is out of date."),
        _l("What you did before is kept. Go back, reload the page and go on from there."),
    ),
    413: (_l("That is more than can be sent at once."), _l("Nothing was changed. Send less, or in parts.")),
    422: (_l("That cannot be taken."), _l("Nothing was changed. Go back, reload the page and choose again.")),
    429: (_l("That was a lot of tries."), _l("Nothing is locked. Wait a little, then try again.")),
    500: (
        _l("Something on our side went wrong."),
        _l("What you had saved is safe. Try again; if it happens twice, tell us the reference below."),
    ),
    503: (_l("The site cannot answer just now."), _l("Nothing was lost. Try again in a minute.")),
}


# Where a form finds no more what it is about, it may have done away with it itself.
_SENT_TWICE = _l(
    "If you sent this twice, the first one counted. Else it is gone, or it belongs to somebody else."
)
_OLD_FORM = _l(
    "Its page is too old, so nothing was changed: go back, reload it and try again. Did you send it twice?"
    " Then the first one counted: go on from here and look."
)
_FIRST = _l("The same was sent at the same moment, and that one counts. Go back, reload the page and look.")


def init(app: Flask) -> None:
    app.register_error_handler(TrainingError, _refused)
    app.register_error_handler(CSRFError, _foreign)
    app.register_error_handler(SecurityError, _unknown_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, database_away)
    app.register_error_handler(IntegrityError, _refused_row)
    app.register_error_handler(Exception, _bug)


def _page(status: int, message: str = "", way_on: str = "", reference: str = "") -> Response:
    title, usual = _SAID.get(status, _SAID[400])
    page = ErrorPage(status, str(title), message or str(usual), way_on or "/", reference)
    response = Response(_shown(page), status)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _shown(page: ErrorPage) -> str:
    """The page, to whoever is looking; to nobody in particular where the database cannot say who it is.

    A handler of errors that raises one itself is answered with a bare 500 by the framework.
    """
    try:
        return render_template("errors/show.html", page=page)
    except DBAPIError as problem:
        logger.warning("an error's page was made without asking who is looking: %s", problem.orig)
        forget_viewer()
        return render_template("errors/show.html", page=page)


def _refused(problem: TrainingError) -> Response:
    status = next(code for kind, code in STATUS.items() if isinstance(problem, kind))
    usual = str(_SENT_TWICE) if status == 404 and request.method == "POST" else ""
    response = _page(status, problem.message or usual, getattr(problem, "way_on", ""))
    if isinstance(problem, ThrottledError):
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _foreign(problem: CSRFError) -> Response:
    # The library's own words speak of tokens; ours, of what happened.
    said = problem.description or ""
    return _page(400, str(_OLD_FORM) if "CSRF" in said else said)


def _unknown_host(_problem: SecurityError) -> Response:
    """Asked for under a name that is not ours: no page of ours has an address there."""
    return Response("This site has another name.\n", 400, mimetype="text/plain")


def _http(problem: HTTPException) -> Response:
    if problem.code is None or problem.code < 400:
        return current_app.make_response(problem.get_response())
    response = _page(problem.code)
    if problem.code == 405 and problem.get_response().headers.get("Allow"):
        response.headers["Allow"] = problem.get_response().headers["Allow"]
    return response


def database_away(problem: DBAPIError | UnavailableError) -> Response:
    """The page for a database that does not answer, made without asking it who is looking."""
    forget_viewer()
    logger.error("the database did not answer: %s", getattr(problem, "orig", problem))
    response = _page(503, way_on=request.path if request.method == "GET" else "")
    response.headers["Retry-After"] = "5"
    return response


def _refused_row(problem: IntegrityError) -> Response:
    """Two forms at once, of which one was first; a row refused for any other reason is a bug."""
    if not is_duplicate(problem):
        return _bug(problem)
    logger.warning("a row was there already: %s", problem.orig)
    return _page(409, str(_FIRST))


def _bug(problem: Exception) -> Response:
    reference = secrets.token_hex(4)
    # The route, not the address: below /t/ the address is a secret.
    route = request.url_rule.rule if request.url_rule else "no route"
    logger.exception("reference %s: %s %s", reference, request.method, route, exc_info=problem)
    return _page(500, reference=reference)
