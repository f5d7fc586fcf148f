"""`next=` leads to pages of ours and nowhere else."""

import pytest
from flask import Flask

from training.web.safe_next import safe_next

HOSTILE = [
    None,
    "",
    "https://evil.test",
    "//evil.test",
    "///evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "/%5cevil.test",
    "javascript:alert(1)",
    "/ /evil.test",
    "/\tevil.test",
    "/\nevil.test",
    "http:evil.test",
    "healthz",
    "/no-such-page",
    "/healthz\\@evil.test",
    "/@evil.test",
]


@pytest.mark.parametrize("target", HOSTILE)
def test_anything_else_leads_to_the_first_page(app: Flask, target: str | None) -> None:
    with app.test_request_context():
        assert safe_next(target) == "/"


@pytest.mark.parametrize("target", ["/healthz", "/readyz?full=1", "/static/x/css/zanshin.css"])
def test_our_own_pages_are_kept(app: Flask, target: str) -> None:
    with app.test_request_context():
        assert safe_next(target) == target
