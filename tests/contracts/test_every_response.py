"""What every answer carries, whatever it is: protections that a page cannot forget."""

import re

import pytest
from flask import Flask
from sqlalchemy import text

from tests.browsing import Browser
from tests.contracts.access_world import World
from tests.contracts.test_who_may_open_what import address, routes
from tests.people import Cast
from training.database import db

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# The editor writes its own styles into its page; the nonce is another one each time.
WITH_NONCE = CSP.replace("style-src 'self'", "style-src 'self' 'nonce'").replace(
    "img-src 'self'", "img-src 'self' data:"
)
# A picture came from an author: should it be something else after all, it can do nothing.
STRICTER = {
    "media.show": "default-src 'none'; sandbox",
    # A face carries its own rules, and nothing that a person wrote.
    "faces.show": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    # A mail is shown as it is, with its styles in it.
    "drafts.show": WITH_NONCE,
    "drafts.preview": WITH_NONCE,
    "weekly_tip.mail": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox",
}
FOR_EVER = {"assets.show", "media.show", "faces.show"}
OFF = {"camera=()", "display-capture=()", "geolocation=()", "microphone=()", "payment=()", "usb=()"}
MIB = 1024 * 1024


def without_nonce(value: str | None) -> str | None:
    return value and re.sub(r"'nonce-[\w-]{22}'", "'nonce'", value)


@pytest.fixture
def world(app: Flask, published: None, cast: Cast) -> World:
    return World.make(app, cast)


@pytest.mark.parametrize("person", ["visitor", "ana", "ada"])
def test_the_headers_are_on_every_answer_of_every_route(app: Flask, world: World, person: str) -> None:
    wrong = []
    for endpoint, method, rule in routes(app):
        reply = world.browser(person).ask(method, address(app, rule, world.arguments(endpoint)))
        policy = STRICTER.get(endpoint, CSP) if reply.status_code == 200 else CSP
        wanted = {**HEADERS, "Content-Security-Policy": policy}
        missing = {name for name, value in wanted.items() if without_nonce(reply.headers.get(name)) != value}
        missing |= OFF - set(reply.headers.get("Permissions-Policy", "").split(", "))
        is_secret = reply.request.path.startswith("/t/")
        if reply.headers.get("Referrer-Policy") != ("strict-origin" if is_secret else "same-origin"):
            missing.add("Referrer-Policy")
        if missing:
            wrong.append(f"{method} {endpoint} ({reply.status_code}): {sorted(missing)}")

    assert wrong == []


def test_they_are_on_errors_and_refusals_too(app: Flask, visitor: Browser) -> None:
    for reply in (
        visitor.ask("GET", "/nowhere"),
        visitor.ask("DELETE", "/sign-in"),
        visitor.post_bare("/sign-in"),
        visitor.client.get("/sign-in", base_url="http://evil.test"),
    ):
        assert reply.status_code >= 400
        assert {name: reply.headers.get(name) for name in HEADERS} == HEADERS


def test_what_only_a_member_may_open_is_kept_by_no_cache(app: Flask, world: World) -> None:
    kept = []
    for endpoint, method, rule in routes(app):
        if endpoint in FOR_EVER:
            continue
        reply = world.browser("ana").ask(method, address(app, rule, world.arguments(endpoint)))
        if "no-store" not in reply.headers["Cache-Control"]:
            kept.append(f"{method} {endpoint}")

    assert kept == []


@pytest.mark.parametrize("host", ["evil.test", "127.0.0.1.evil.test", ""])
def test_another_name_gets_no_page(visitor: Browser, host: str) -> None:
    reply = visitor.client.get("/sign-in", headers={"Host": host})

    assert (reply.status_code, reply.mimetype) == (400, "text/plain")


def test_a_request_larger_than_a_mebibyte_is_not_read(visitor: Browser) -> None:
    assert visitor.post("/sign-in", {"identifier": "a" * MIB, "password": "b"}).status_code == 413
    assert visitor.post("/sign-in", {f"field{number}": "c" for number in range(5)}).status_code == 422


def test_an_answer_that_was_acknowledged_is_on_the_disk(app: Flask) -> None:
    """NORMAL may lose the last answers when the power goes; without the rest, rows may point to nothing."""
    session = db.session()
    if session.get_bind().dialect.name == "postgresql":
        assert session.scalar(text("SHOW synchronous_commit")) == "on"
        return
    found = [
        session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
    ]

    assert found == ["wal", 2, 1]
    assert (session.scalar(text("PRAGMA busy_timeout")) or 0) >= 10_000
