"""A page that is made is sent, even when the database went away while it was made."""

from __future__ import annotations

import logging

from flask import Flask
from sqlalchemy.exc import DBAPIError

from training.database import db

logger = logging.getLogger("training")


def init(app: Flask) -> None:
    """Close each request's session ourselves, before Flask-SQLAlchemy does.

    Ending a read on a connection that has died raises; there, after the last error page, nobody catches it,
    and the finished page became a bare 500 without a word in the log.
    """

    def close(_problem: BaseException | None) -> None:
        if not db.session.registry.has():
            return
        session = db.session()
        try:
            session.close()
        except DBAPIError as problem:
            logger.warning("a connection died after its page was made: %s", problem.orig)
            session.invalidate()

    app.teardown_appcontext(close)
