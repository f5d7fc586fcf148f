"""Today shows a learner their own skills, a stitch a decision, and what is worth another go."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.browsing import Browser
from tests.people import Cast
from tests.statements import counted_statements
from tests.viewers import as_viewer
from training.attempts.looking_back import MOMENTS, LookingBack
from training.attempts.models import AttemptKind
from training.clock import running
from training.database import db, transaction
from training.demo.playing import Taste, careful, careless, play_call
from training.today.queries import today_page

AT = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
CALL, OTHER = "the-attacking-customer", "an-ordinary-first-call"

pytestmark = pytest.mark.usefixtures("published")


def looked_back(person_id: int) -> LookingBack:
    return today_page(db.session(), person_id, AT.date(), AT).back


@pytest.fixture(autouse=True)
def a_morning_in_november() -> Iterator[None]:
    with running(lambda: AT):
        yield


@pytest.fixture
def ana(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.ana)


@pytest.fixture
def play(cast: Cast) -> Callable[..., None]:
    """Ana practises a call, so many days ago."""

    def one(slug: str, taste: Taste, days: int = 1) -> None:
        with transaction() as session:
            viewer = as_viewer(session, cast.ana)
            at = AT - timedelta(days=days)
            play_call(session, viewer, slug, AttemptKind.PRACTICE, taste, "0" * 32, at)

    return one


def test_before_the_first_call_there_is_nothing_to_look_back_on(ana: Browser) -> None:
    page = ana.get("/").text

    assert "Worth another go" not in page
    assert "a stitch a decision" not in page


def test_a_call_that_turned_is_worth_another_go_from_where_it_turned(
    ana: Browser, play: Callable[..., None], cast: Cast
) -> None:
    play(CALL, careless)

    (again,) = looked_back(cast.ana).again

    assert (again.slug, again.turn > 0) == (CALL, True)
    page = ana.get("/").text
    assert f'href="/attempts/{again.public_id}/debrief#turn-{again.turn}"' in page
    assert f"It turned at turn {again.turn}" in page


def test_a_call_that_lost_nothing_the_last_time_is_not(play: Callable[..., None], cast: Cast) -> None:
    play(CALL, careless, days=2)
    play(CALL, careful, days=1)

    assert looked_back(cast.ana).again == ()


def test_every_decision_is_a_stitch_oldest_first(play: Callable[..., None], cast: Cast) -> None:
    play(CALL, careless, days=2)
    weak = {one.slug: one.bands for one in looked_back(cast.ana).skills}
    play(CALL, careful, days=1)
    both = {one.slug: one.bands for one in looked_back(cast.ana).skills}

    assert weak
    for slug, bands in weak.items():
        assert both[slug][: len(bands)] == bands
        assert set(both[slug][len(bands) :]) <= {"strong"}
        assert len(both[slug]) <= MOMENTS


def test_a_skill_that_rested_for_weeks_is_named(ana: Browser, play: Callable[..., None]) -> None:
    play(OTHER, careful, days=30)

    page = ana.get("/").text

    assert "Worth another go" in page
    assert "Last practised on 19 October" in page


def test_another_learner_s_page_says_nothing_of_it(app: Flask, cast: Cast, play: Callable[..., None]) -> None:
    play(CALL, careless)

    for somebody in (cast.ben, cast.omar, cast.tova, cast.ada):
        page = Browser(app).sign_in(somebody).get("/").text
        assert "Worth another go" not in page
        assert "a stitch a decision" not in page


@pytest.mark.parametrize("calls", [1, 6])
def test_the_page_costs_the_same_however_many_calls_there_were(
    ana: Browser, play: Callable[..., None], calls: int
) -> None:
    for day in range(calls):
        play(CALL, careless, days=day + 1)
    ana.get("/")

    with counted_statements(db.engine) as seen:
        ana.get("/")

    assert len([one for one in seen if one != "BEGIN"]) <= 6, seen
