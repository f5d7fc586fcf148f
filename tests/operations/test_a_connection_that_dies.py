"""The database goes away between a page and the end of its request: the page still arrives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from tests.people import Cast
from training.accounts.models import Person
from training.accounts.sessions import begin_session
from training.clock import now
from training.database import db, transaction


@pytest.fixture
def dying_at_the_end(app: Flask) -> Iterator[None]:
    """Every rollback finds its connection gone, as after a restart of the database."""

    def gone(_connection: Connection) -> None:
        raise OperationalError("ROLLBACK", {}, Exception("the server closed the connection"))

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "rollback", gone)
    yield
    event.remove(db.engine, "rollback", gone)


def test_a_page_that_was_made_is_sent(app: Flask, cast: Cast, request: pytest.FixtureRequest) -> None:
    with transaction() as session:
        secret = begin_session(session, session.get_one(Person, cast.ana), now(), shared=False)
    request.getfixturevalue("dying_at_the_end")
    environ = {"HTTP_HOST": "127.0.0.1:8000", "HTTP_COOKIE": f"session={secret}", "wsgi.url_scheme": "http"}

    with app.app_context():  # a request's own context, closed as the server closes it
        response = app.test_client(use_cookies=False).get("/teams/nowhere", environ_overrides=environ)

    assert response.status_code == 404
