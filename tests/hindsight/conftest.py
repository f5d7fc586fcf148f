"""The kettle calls of the plays' own tests, and people who play them."""

import pytest
from flask import Flask

from tests.attempts.conftest import ana, built, kettles, omar
from tests.attempts.playing import Player
from tests.browsing import Browser
from tests.people import Cast

__all__ = ["ana", "built", "kettles", "omar"]


@pytest.fixture
def tova(app: Flask, cast: Cast, kettles: None) -> Browser:
    """Tova's browser; she is a trainer."""
    return Browser(app).sign_in(cast.tova)


@pytest.fixture
def debriefed(ana: Player) -> str:
    """A finished call of Ana's."""
    attempt = ana.start()
    ana.says(attempt, 1, 2, 1)
    return attempt
