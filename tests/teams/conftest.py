"""Browsers of the cast."""

import pytest
from flask import Flask

from tests.browsing import Browser
from tests.people import Cast


@pytest.fixture
def ana(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.ana)


@pytest.fixture
def ben(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.ben)


@pytest.fixture
def tova(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.tova)


@pytest.fixture
def ada(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.ada)


@pytest.fixture
def omar(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.omar)
