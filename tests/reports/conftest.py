"""A team that is asked for its first week, and people who do it for real."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.browsing import Browser
from tests.people import Cast
from tests.viewers import as_viewer
from training.assignments.service import assign_module
from training.attempts.models import AttemptKind
from training.clock import now
from training.database import transaction
from training.demo.playing import Taste, careful, play_call
from training.library.completions import complete_lesson
from training.library.models import Kind
from training.library.queries import find_published
from training.teams.models import Membership

CALL = "an-ordinary-first-call"
LESSONS = ("light-up-the-room", "it-is-not-personal", "do-not-sell-hope")
LONG_AGO = timedelta(days=200)
Play = Callable[..., None]


@pytest.fixture
def first_week(published: None, app: Flask, cast: Cast) -> date:
    """Morning desk is asked for its first week; it was due nine days ago. Everybody joined long ago."""
    at = now() - timedelta(days=60)
    due = (now() - timedelta(days=9)).date()
    with transaction() as session:
        session.execute(update(Membership).values(joined_at=now() - LONG_AGO))
        assign_module(session, cast.morning_desk, "first-week", due, by=cast.ben, at=at, today=at.date())
    return due


@pytest.fixture
def play(app: Flask) -> Play:
    """Play a call to its end: play(person_id, taste, kind, slug)."""

    def one(
        person_id: int, taste: Taste = careful, kind: AttemptKind = AttemptKind.CHECK, slug: str = CALL
    ) -> None:
        with transaction() as session:
            play_call(session, as_viewer(session, person_id), slug, kind, taste, "a seed", now())

    return one


@pytest.fixture
def answer(app: Flask) -> Callable[..., None]:
    """Answer the decisions of the first week's lessons."""

    def all_of(person_id: int, slugs: tuple[str, ...] = LESSONS, at: datetime | None = None) -> None:
        with transaction() as session:
            for slug in slugs:
                complete_lesson(
                    session, person_id, find_published(session, Kind.LESSON, slug), at or now(), reply=1
                )

    return all_of


@pytest.fixture
def ben(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.ben)
