"""A trainer's browser, and drafts to write in."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.browsing import Browser
from tests.people import Cast

Open = Callable[[str, str], str]


@pytest.fixture
def tova(app: Flask, cast: Cast) -> Browser:
    """Tova's browser; she is a trainer."""
    return Browser(app).sign_in(cast.tova)


@pytest.fixture
def ada(app: Flask, cast: Cast) -> Browser:
    """Ada's; administrators write too."""
    return Browser(app).sign_in(cast.ada)


@pytest.fixture
def opened(published: None, tova: Browser) -> Open:
    """A function that opens what is published, by kind and slug, and gives the draft's address."""

    def open_it(kind: str, slug: str) -> str:
        reply = tova.post("/studio/drafts/openings", {"kind": kind, "slug": slug})
        assert reply.status_code == 303
        return str(reply.location)

    return open_it
