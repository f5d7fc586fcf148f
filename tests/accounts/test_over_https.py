"""The same door over https: cookies that no other host or plain line can set or read."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.browsing import Browser
from tests.databases import settings_for
from tests.people import PASSWORD, Cast, make_cast
from training import create_app
from training.database import db, transaction
from training.mail.models import Message

FIELDS = {"identifier": "ana@example.invalid", "password": PASSWORD}


@pytest.fixture
def secure_site(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The site as it is served to the public, with the cast in it."""
    settings = replace(settings_for(database_url, tmp_path), base_url="https://training.example.org")
    site = create_app(settings)
    with site.app_context():
        yield site
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def secure_cast(secure_site: Flask) -> Cast:
    with transaction() as session:
        return make_cast(session)


def test_the_cookie_is_bound_to_this_host_and_to_https(secure_site: Flask, secure_cast: Cast) -> None:
    browser = Browser(secure_site)
    reply = browser.post("/sign-in", FIELDS)
    cookies = reply.headers.getlist("Set-Cookie")

    assert reply.status_code == 303
    assert [cookie.split("=")[0] for cookie in cookies if "__Host-session" in cookie] == ["__Host-session"]
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert "; Secure" in cookie
        assert "; HttpOnly" in cookie
        assert "; SameSite=Lax" in cookie
        assert "; Path=/" in cookie
        assert "Domain" not in cookie
    assert browser.get("/account").status_code == 200
    assert "max-age=31536000" in reply.headers["Strict-Transport-Security"]


def test_a_form_from_another_site_is_refused_even_with_its_token(
    secure_site: Flask, secure_cast: Cast
) -> None:
    browser = Browser(secure_site)
    for headers in (
        {"Origin": "https://evil.test"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
    ):
        assert browser.post("/sign-in", FIELDS, headers=headers).status_code == 400
    own = {"Origin": "https://training.example.org", "Sec-Fetch-Site": "same-origin"}
    assert browser.post("/sign-in", FIELDS, headers=own).status_code == 303


def test_a_token_page_is_used_from_the_mail_programs_window(secure_site: Flask, secure_cast: Cast) -> None:
    """Opened from mail, the page's own form still names its origin: `strict-origin`, not `no-referrer`."""
    browser = Browser(secure_site)
    browser.post("/sign-in", {"identifier": "ana@example.invalid", "link": "1"})
    text = db.session().scalars(select(Message)).one().text
    link = next(word for word in text.split() if word.startswith("https://training.example.org/t/"))
    path = link.removeprefix("https://training.example.org")
    opened = browser.get(path, headers={"Sec-Fetch-Site": "cross-site"})
    assert (opened.status_code, opened.headers["Referrer-Policy"]) == (200, "strict-origin")

    own = {"Origin": "https://training.example.org", "Sec-Fetch-Site": "same-origin"}
    assert browser.post(path, headers=own).status_code == 303
