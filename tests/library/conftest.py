"""What the library's tests share."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from tests.browsing import Browser
from tests.people import Cast
from training import clock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty content folder."""
    made = tmp_path / "content"
    made.mkdir()
    return made


@pytest.fixture
def late_november() -> Iterator[None]:
    """It is the 21st of November 2026, so that some of the shipped tips have come and some have not."""
    with clock.running(lambda: datetime(2026, 11, 21, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def ana(app: Flask, cast: Cast) -> Browser:
    """Ana's browser, signed in."""
    return Browser(app).sign_in(cast.ana)
