"""The key that signs the form cookie can be replaced; nobody loses a form over it, unless it leaked."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.browsing import Browser
from tests.people import Cast
from training import create_app
from training.database import db
from training.secret_key import secret_keys
from training.settings import Settings


@pytest.fixture
def settings(app: Flask, tmp_path: Path) -> Settings:
    """A site whose key lies in its folder."""
    usual: Settings = app.extensions["settings"]
    return replace(usual, instance=tmp_path / "own", secret_key="")


def rotate(settings: Settings, *options: str) -> Result:
    app = create_app(settings)
    with app.app_context():
        done = app.test_cli_runner().invoke(args=["rotate-key", *options])
        db.engine.dispose()
    return done


def close(browser: Browser) -> None:
    """As when that site is stopped: its connections are given back."""
    with browser.app.app_context():
        db.session.remove()
        db.engine.dispose()


def begun_form(settings: Settings, cast: Cast) -> Browser:
    """Somebody who opened a form before the key changed."""
    browser = Browser(create_app(settings)).sign_in(cast.ana)
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/account/name").text)
    assert token
    browser.client.environ_base["opened"] = token[1]
    close(browser)
    return browser


def send_after_restart(settings: Settings, before: Browser) -> int:
    """The same form, sent to the site as it was started again."""
    after = Browser(create_app(settings))
    for cookie in ("session", "form"):
        if held := before.client.get_cookie(cookie, domain="127.0.0.1"):
            after.client.set_cookie(cookie, held.value, domain="127.0.0.1")
    token = str(before.client.environ_base["opened"])
    status = after.post_bare("/account/name", data={"csrf_token": token, "name": "Ana Maria"}).status_code
    close(after)
    return status


def test_a_form_that_was_open_still_counts(settings: Settings, cast: Cast) -> None:
    browser = begun_form(settings, cast)

    assert rotate(settings).exit_code == 0

    assert send_after_restart(settings, browser) == 303


def test_after_a_leak_nothing_signed_before_is_taken(settings: Settings, cast: Cast) -> None:
    browser = begun_form(settings, cast)

    assert rotate(settings, "--at-once").exit_code == 0

    assert send_after_restart(settings, browser) == 400


def test_the_new_key_is_another_and_the_old_one_waits_beside_it(settings: Settings) -> None:
    (old,) = secret_keys(settings)

    rotate(settings)
    new, before = secret_keys(settings)
    rotate(settings)

    assert new != old
    assert before == old
    assert secret_keys(settings)[1] == new
    assert (settings.instance / "secret_key").stat().st_mode & 0o777 == 0o600


def test_where_the_key_is_set_the_command_says_what_to_set(settings: Settings) -> None:
    done = rotate(replace(settings, secret_key="a" * 40))

    assert re.search(r"^TRAINING_SECRET_KEY=\S{64}$", done.output, re.MULTILINE)
    assert "TRAINING_SECRET_KEY_BEFORE to the key of now" in done.output
    assert not (settings.instance / "secret_key").exists()


def test_a_key_that_was_set_before_still_opens(settings: Settings, cast: Cast) -> None:
    old, new = "a" * 40, "b" * 40
    browser = begun_form(replace(settings, secret_key=old), cast)

    assert send_after_restart(replace(settings, secret_key=new, secret_key_before=old), browser) == 303
    assert send_after_restart(replace(settings, secret_key=new), browser) == 400
