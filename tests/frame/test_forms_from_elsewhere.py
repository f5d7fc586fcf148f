"""Where an unsafe request may come from: each protection alone stops a forged form."""

import pytest
from flask import Flask, Response

from tests.browsing import Browser
from training.web import Access, allow, see_other


@pytest.fixture
def changed(app: Flask) -> list[str]:
    """A route that changes something, and what it changed."""
    done: list[str] = []

    @app.post("/change")
    @allow(Access.ANYONE)
    def change() -> Response:
        done.append("changed")
        return see_other("health.healthz")

    return done


def test_our_own_form_is_taken(visitor: Browser, changed: list[str]) -> None:
    assert visitor.post("/change").status_code == 303
    assert changed == ["changed"]


def test_a_form_without_our_token_is_refused(visitor: Browser, changed: list[str]) -> None:
    assert visitor.post_bare("/change").status_code == 400
    assert changed == []


def test_a_form_with_somebody_else_s_token_is_refused(
    app: Flask, visitor: Browser, changed: list[str]
) -> None:
    stolen = Browser(app).token()

    assert visitor.post_bare("/change", data={"csrf_token": stolen}).status_code == 400
    assert changed == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1:8000"},
        {"Origin": "http://127.0.0.1:8000@evil.test"},
        {"Origin": "http://["},
    ],
)
def test_a_browser_that_names_another_site_is_refused(
    visitor: Browser, changed: list[str], headers: dict[str, str]
) -> None:
    assert visitor.post("/change", headers=headers).status_code == 400
    assert changed == []


def test_our_own_origin_is_taken(visitor: Browser, changed: list[str]) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1:8000"}

    assert visitor.post("/change", headers=headers).status_code == 303
