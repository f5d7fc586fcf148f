"""What the tests of the discussion share."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.browsing import Browser
from tests.people import Cast
from training import clock
from training.database import db
from training.library.discussion.models import Comment

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TIP = "/tips/it-is-not-personal"
TALK = f"{TIP}/discussion"
Say = Callable[..., str]


class Watch:
    """A clock that stands at noon until it is put on."""

    def __init__(self) -> None:
        self.at = NOON

    def on(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def watch() -> Iterator[Watch]:
    held = Watch()
    with clock.running(lambda: held.at):
        yield held


@pytest.fixture
def who(app: Flask, published: None, cast: Cast, watch: Watch) -> Callable[[str], Browser]:
    """A browser of one of the cast, signed in; the same one each time."""
    browsers: dict[str, Browser] = {}

    def browser(name: str) -> Browser:
        if name not in browsers:
            browsers[name] = Browser(app).sign_in(getattr(cast, name))
        return browsers[name]

    return browser


@pytest.fixture
def say(who: Callable[[str], Browser]) -> Say:
    """Say something under the tip; returns the comment's address."""

    def post(name: str, text: str, answers: str = "") -> str:
        data = {"text": text} | ({"answers": answers.rpartition("/")[2]} if answers else {})
        reply = who(name).post(f"{TIP}/comments", data)
        assert reply.status_code == 303, reply.text
        return str(reply.location)

    return post


def stored() -> list[Comment]:
    """Every comment, oldest first."""
    found = list(db.session().execute(select(Comment).order_by(Comment.id)).scalars())
    return found
