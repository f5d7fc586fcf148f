"""A site whose database has a schema that its code cannot use says so, instead of failing page by page."""

from flask import Flask, request

from training.database import db, serving_problem
from training.errors import UnavailableError

_ALWAYS = {"assets.show", "health.healthz", "health.readyz"}


def init(app: Flask) -> None:
    """Asks once a process, at its first page: afterwards the answer is known and costs nothing."""
    app.extensions["schema_is_right"] = False

    def guard() -> None:
        if app.extensions["schema_is_right"] or request.endpoint in _ALWAYS:
            return
        problem = serving_problem(db.session.connection())
        if problem:
            app.logger.error(problem)
            raise UnavailableError
        app.extensions["schema_is_right"] = True

    # Before everything else that asks the database, the sign-in included.
    app.before_request_funcs.setdefault(None, []).insert(0, guard)
