"""Is the process alive, and can it serve? For whoever runs the site."""

from collections.abc import Callable
from typing import cast

from flask import Blueprint, Response, current_app
from sqlalchemy.exc import SQLAlchemyError

from training.database import db, serving_problem
from training.web.access import Access, allow

bp = Blueprint("health", __name__)
Check = Callable[[], str | None]


def _text(body: str, status: int) -> Response:
    return Response(body + "\n", status, mimetype="text/plain", headers={"Cache-Control": "no-store"})


@bp.get("/healthz")
@allow(Access.ANYONE)
def healthz() -> Response:
    """The process answers. Asks nothing of the database, so a restart is never caused by somebody else."""
    return _text("ok", 200)


@bp.get("/readyz")
@allow(Access.ANYONE)
def readyz() -> Response:
    """Database reachable, of a schema that serves, content published: a balancer may send people here."""
    try:
        problems = [serving_problem(db.session.connection())]
        if problems == [None]:
            problems = [check() for check in cast("list[Check]", current_app.extensions["readiness"])]
    except SQLAlchemyError:
        problems = ["The database cannot be reached."]
    said = [problem for problem in problems if problem]
    return _text("\n".join(said) or "ready", 503 if said else 200)
