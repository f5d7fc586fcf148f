"""A module's page: its steps with their state, one next button, suggestions marked, and what comes after."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.browsing import Browser
from tests.people import Cast
from tests.statements import counted_statements
from tests.viewers import as_viewer
from training.assignments.service import assign_module
from training.attempts.models import AttemptKind
from training.clock import now
from training.database import db, transaction
from training.demo.playing import careful, careless, play_call
from training.library.completions import complete_lesson
from training.library.models import Kind, Publication
from training.library.queries import find_published

LESSONS = ("light-up-the-room", "it-is-not-personal", "do-not-sell-hope")
pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture
def ana(app: Flask, cast: Cast) -> Browser:
    with transaction() as session:
        for number, module in enumerate(("first-week", "hard-calls"), 1):
            at, today = now(), now().date()
            due = today + timedelta(days=7 * number)
            assign_module(session, cast.morning_desk, module, due, by=cast.ben, at=at, today=today)
    return Browser(app).sign_in(cast.ana)


@pytest.fixture
def finish(ana: Browser, cast: Cast) -> Callable[..., None]:
    """Answer the three lessons, and take the check well or badly."""

    def one(*, well: bool = True) -> None:
        with transaction() as session:
            for slug in LESSONS:
                complete_lesson(session, cast.ana, find_published(session, Kind.LESSON, slug), now(), reply=1)
            taste = careful if well else careless
            viewer = as_viewer(session, cast.ana)
            play_call(session, viewer, "an-ordinary-first-call", AttemptKind.CHECK, taste, "s", now())

    return one


def test_there_is_one_button_and_a_marked_suggestion(ana: Browser) -> None:
    page = ana.get("/modules/first-week").text

    assert page.count('class="button" href=') == 1
    assert page.count(">suggestion<") == 1
    assert "nobody sees it" in page
    assert "0 of 4 steps" in page


def test_a_check_that_was_not_passed_stays_the_next_step(ana: Browser, finish: Callable[..., None]) -> None:
    finish(well=False)

    page = ana.get("/modules/first-week").text

    assert "3 of 4 steps" in page
    assert 'href="/scenarios/an-ordinary-first-call">Take the call' in page


def test_when_it_is_finished_the_next_one_is_offered(ana: Browser, finish: Callable[..., None]) -> None:
    finish()

    page = ana.get("/modules/first-week").text

    assert "You have finished this one." in page
    assert 'href="/modules/hard-calls">Go on to Hard calls' in page


def test_the_list_has_what_is_owed_first(ana: Browser) -> None:
    page = ana.get("/modules").text

    assert page.index("First week") < page.index("Hard calls") < page.index("What else there is")
    assert page.index("What else there is") < page.index("Busy season")


def test_anybody_signed_in_may_do_a_module_that_nobody_asked_them_for(app: Flask, cast: Cast) -> None:
    omar = Browser(app).sign_in(cast.omar)

    page = omar.get("/modules/first-week").text

    assert "0 of 4 steps" in page
    assert "It counts once your team is asked for this module." in page
    assert "taken as a check" not in page


def test_a_module_that_is_not_published_is_not_there(ana: Browser) -> None:
    with transaction() as session:
        session.execute(update(Publication).where(Publication.title == "First week").values(ended_at=now()))

    assert ana.get("/modules/first-week").status_code == 404
    assert ana.get("/modules/no-such-module").status_code == 404
    assert "Hard calls" in ana.get("/").text


def test_a_visitor_is_sent_to_sign_in_and_back(visitor: Browser) -> None:
    assert visitor.get("/modules/first-week").location == "/sign-in?next=/modules/first-week"


def test_the_pages_cost_few_statements(ana: Browser, finish: Callable[..., None]) -> None:
    finish()
    for path in ("/modules/first-week", "/modules"):
        ana.get(path)
        with counted_statements(db.engine) as seen:
            ana.get(path)
        assert len([one for one in seen if one != "BEGIN"]) <= 4, seen
