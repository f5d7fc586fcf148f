"""Health, error pages, headers and closed doors."""

import pytest
from flask import Flask, abort
from sqlalchemy import text

from tests.browsing import Browser
from tests.people import Cast
from training.database import transaction
from training.errors import ConflictError, InvalidError, ThrottledError, UnavailableError
from training.teams.models import Team
from training.web import Access, allow
from training.web.access import undeclared


def add_route(app: Flask, path: str, raises: Exception) -> None:
    """A page that goes wrong in one way."""

    @allow(Access.ANYONE)
    def broken() -> str:
        raise raises

    app.add_url_rule(path, endpoint=path, view_func=broken)


def test_the_process_says_that_it_is_alive(visitor: Browser) -> None:
    assert visitor.get("/healthz").text == "ok\n"


def test_the_process_is_alive_though_the_database_is_not(app: Flask, visitor: Browser) -> None:
    with transaction() as session:
        session.execute(text("DROP TABLE alembic_version"))

    assert visitor.get("/healthz").status_code == 200
    assert visitor.get("/readyz").status_code == 503


def test_an_old_schema_is_named_by_readyz(visitor: Browser) -> None:
    with transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'jobs_1'"))

    reply = visitor.get("/readyz")

    assert reply.status_code == 503
    assert "schema jobs_1" in reply.text
    assert "db upgrade" in reply.text


def test_a_page_that_is_not_there_says_so_kindly(visitor: Browser) -> None:
    reply = visitor.get("/no-such-page")

    assert reply.status_code == 404
    assert "not here" in reply.text


def test_each_refusal_has_its_status_and_its_sentence(app: Flask, visitor: Browser) -> None:
    refusals = {
        409: ConflictError("Already answered in another tab.", way_on="/readyz"),
        422: InvalidError("That reply is not on offer."),
        429: ThrottledError("Wait a little.", retry_after=30),
        503: UnavailableError("The database is away."),
    }
    for status, refusal in refusals.items():
        add_route(app, f"/broken-{status}", refusal)
    for status, refusal in refusals.items():
        reply = visitor.get(f"/broken-{status}")

        assert reply.status_code == status
        assert refusal.message in reply.text


def test_a_bug_shows_a_reference_and_no_traceback(app: Flask, visitor: Browser) -> None:
    add_route(app, "/bug", ZeroDivisionError("secret detail"))

    reply = visitor.get("/bug")

    assert reply.status_code == 500
    assert "secret detail" not in reply.text
    assert "Reference" in reply.text


@pytest.mark.parametrize(("slug", "name", "status"), [("morning-desk", "Again", 409), ("new", None, 500)])
def test_of_two_forms_at_once_the_later_is_told_and_any_other_refused_row_is_a_bug(
    app: Flask, visitor: Browser, cast: Cast, slug: str, name: str | None, status: int
) -> None:
    """As where two hosts look, find nothing, and both write: the unique index lets one of them."""

    @allow(Access.ANYONE)
    def write() -> str:
        with transaction() as session:
            session.add(Team(slug=slug, name=name))
        return ""

    app.add_url_rule("/write", endpoint="write", view_func=write)

    reply = visitor.get("/write")

    assert reply.status_code == status
    assert ("that one counts" in reply.text) is (status == 409)


def test_a_bug_on_a_mailed_link_leaves_no_secret_in_the_log(
    app: Flask, visitor: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    @app.get("/t/bug/<token>")
    @allow(Access.ANYONE)
    def bug(token: str) -> str:
        raise ZeroDivisionError

    assert visitor.get("/t/bug/s3cret").status_code == 500
    assert "/t/bug/<token>" in caplog.text
    assert "s3cret" not in caplog.text


def test_aborts_become_pages_too(app: Flask, visitor: Browser) -> None:
    @app.get("/too-much")
    @allow(Access.ANYONE)
    def too_much() -> str:
        abort(413)

    assert "more than can be sent" in visitor.get("/too-much").text


def test_every_endpoint_declares_who_may_open_it(app: Flask) -> None:
    assert undeclared(app) == []

    app.add_url_rule("/forgotten", "forgotten", lambda: "")

    assert undeclared(app) == ["forgotten"]


def test_an_undeclared_endpoint_is_closed_even_to_an_admin(app: Flask, cast: Cast) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")

    assert Browser(app).sign_in(cast.ada).get("/forgotten").status_code == 404


def test_the_policy_allows_nothing_from_elsewhere(visitor: Browser) -> None:
    policy = visitor.get("/healthz").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_pages_are_personal_unless_they_say_otherwise(visitor: Browser) -> None:
    assert visitor.get("/no-such-page").headers["Cache-Control"] == "no-store, private"


def test_an_unknown_host_is_refused(app: Flask) -> None:
    reply = app.test_client().get("/healthz", base_url="http://evil.test")

    assert reply.status_code == 400
