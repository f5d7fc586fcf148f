"""A learner's first page: one thing to do next, the tip of the week, what is owed."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from tests.browsing import Browser
from tests.people import Cast
from tests.statements import counted_statements
from tests.viewers import as_viewer
from training.assignments.service import assign_module
from training.attempts.models import AttemptKind
from training.clock import running
from training.database import db, transaction
from training.demo.playing import careful, play_call
from training.library.completions import complete_lesson
from training.library.models import Kind
from training.library.queries import find_published
from training.library.service import retire
from training.today.rules import part_of_day

AT = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
LESSONS = ("light-up-the-room", "it-is-not-personal", "do-not-sell-hope")


@pytest.fixture(autouse=True)
def a_morning_in_november() -> Iterator[None]:
    with running(lambda: AT):
        yield


@pytest.fixture
def ana(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.ana)


@pytest.fixture
def ask(app: Flask, cast: Cast) -> Callable[..., None]:
    """Ask the team for a module, due so many days from now."""

    def one(module: str = "first-week", days: int | None = 10) -> None:
        due = AT.date() + timedelta(days=days) if days is not None else None
        at = AT + timedelta(hours=1)
        with transaction() as session:
            assign_module(session, cast.morning_desk, module, due, by=cast.ben, at=at, today=date(2026, 1, 1))

    return one


def answer(person_id: int, *slugs: str) -> None:
    with transaction() as session:
        for slug in slugs:
            complete_lesson(session, person_id, find_published(session, Kind.LESSON, slug), AT, reply=1)


@pytest.mark.parametrize(
    ("hour", "part"), [(4, "evening"), (5, "morning"), (11, "morning"), (12, "afternoon"), (18, "evening")]
)
def test_the_greeting_knows_the_hour(hour: int, part: str) -> None:
    assert part_of_day(datetime(2026, 11, 18, hour, 59, tzinfo=UTC)) == part


def test_a_visitor_is_sent_to_sign_in(visitor: Browser) -> None:
    assert visitor.get("/").location == "/sign-in"


@pytest.mark.usefixtures("published")
def test_the_next_step_and_its_day_stand_first(ana: Browser, ask: Callable[..., None]) -> None:
    ask()

    page = ana.get("/").text

    assert "Good morning, Ana." in page
    assert "0 of 4 steps" in page
    assert 'href="/tips/light-up-the-room">Read and answer' in page
    assert "due Saturday 28 November" in page


@pytest.mark.usefixtures("published")
def test_a_call_comes_with_its_face(ana: Browser, ask: Callable[..., None], cast: Cast) -> None:
    ask()
    answer(cast.ana, *LESSONS)

    page = ana.get("/").text

    assert 'href="/scenarios/an-ordinary-first-call">Take the call' in page
    assert 'class="portrait' in page


@pytest.mark.usefixtures("published")
def test_the_newest_tip_whose_day_has_come_is_the_tip_of_the_week(app: Flask, cast: Cast) -> None:
    with running(lambda: datetime(2026, 9, 15, 9, tzinfo=UTC)):
        assert 'href="/tips/it-is-not-personal"' in Browser(app).sign_in(cast.ana).get("/").text


@pytest.mark.usefixtures("published")
def test_late_is_said_without_shaming(ana: Browser, ask: Callable[..., None]) -> None:
    ask(days=-3)

    page = ana.get("/").text

    assert "was due on 15 November" in page
    assert "late" not in page.lower().replace("later", "").replace("translate", "")


@pytest.mark.usefixtures("published")
def test_with_nothing_asked_it_says_what_will_be_here(ana: Browser) -> None:
    page = ana.get("/").text

    assert "Nothing is asked of you yet" in page
    assert 'href="/modules"' in page


def test_an_empty_library_is_no_error(ana: Browser) -> None:
    assert ana.get("/").status_code == 200
    assert "There is no module yet" in ana.get("/modules").text


@pytest.mark.usefixtures("published")
def test_a_step_that_is_not_published_has_no_button(ana: Browser, ask: Callable[..., None]) -> None:
    ask()
    with transaction() as session:
        lesson = find_published(session, Kind.LESSON, LESSONS[0])
        retire(session, [lesson.item_id], AT)

    page = ana.get("/").text

    assert "being rewritten" in page
    assert f'href="/tips/{LESSONS[0]}"' not in page


@pytest.mark.usefixtures("published")
def test_a_lead_is_asked_for_nothing(app: Flask, cast: Cast, ask: Callable[..., None]) -> None:
    ask()

    assert "Nothing is asked of you yet" in Browser(app).sign_in(cast.ben).get("/").text


@pytest.mark.usefixtures("published")
def test_practice_moves_nothing_that_is_owed(ana: Browser, ask: Callable[..., None], cast: Cast) -> None:

    ask()
    before = ana.get("/").text.split("</section>")[:2]
    with transaction() as session:
        viewer = as_viewer(session, cast.ana)
        play_call(session, viewer, "an-ordinary-first-call", AttemptKind.PRACTICE, careful, "seed", AT)

    assert ana.get("/").text.split("</section>")[:2] == before
    assert len(before) == 2


@pytest.mark.usefixtures("published")
def test_the_page_costs_few_statements(ana: Browser, ask: Callable[..., None], cast: Cast) -> None:
    ask()
    ask("hard-calls")
    answer(cast.ana, *LESSONS)
    ana.get("/")

    with counted_statements(db.engine) as seen:
        ana.get("/")

    assert len([one for one in seen if one != "BEGIN"]) <= 6, seen
