"""When the database does not answer, the pick is kept; saying it again records it once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import delete, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError

from tests.attempts.playing import Player, choices_of, find_row
from training.attempts import service, views
from training.database import db, transaction
from training.library import queries
from training.library.cache import BuildCache
from training.library.models import RevisionBuild


class OutageError(Exception):
    """What a driver says when the line is gone; `sqlstate` as psycopg gives it."""

    def __init__(self, sqlstate: str = "") -> None:
        super().__init__("the line is gone")
        self.sqlstate = sqlstate


@contextmanager
def failing(word: str, times: int, problem: OutageError) -> Iterator[list[str]]:
    """The next `times` statements that hold `word` fail as the driver would."""
    failed: list[str] = []

    def fail(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if word in statement and len(failed) < times:
            failed.append(statement)
            raise OperationalError(statement, None, problem)

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        yield failed
    finally:
        event.remove(Engine, "before_cursor_execute", fail)


@pytest.fixture
def attempt(ana: Player) -> str:
    return ana.start()


def test_a_database_error_gives_a_page_that_keeps_the_pick(ana: Player, attempt: str) -> None:
    with failing("INSERT INTO step", 9, OutageError()):
        response = ana.say(attempt, 1, 2)

    page = response.get_data(as_text=True)
    assert response.status_code == 503
    assert response.headers["Cache-Control"] == "no-store, private"
    assert "We lost the line, not your call." in page
    assert f'action="/attempts/{attempt}/steps"' in page
    assert '<input type="hidden" name="step" value="1">' in page
    assert 'name="choice" value="2"' in page
    assert choices_of(attempt) == []
    assert find_row(attempt).step_count == 0


def test_the_page_asks_nothing_of_a_database_that_is_wholly_away(ana: Player, attempt: str) -> None:
    with failing("", 99, OutageError()):
        response = ana.say(attempt, 1, 2)

    assert response.status_code == 503
    assert 'name="choice" value="2"' in response.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/attempts/{}/steps", "/no-such-page"])
def test_a_form_that_is_refused_while_the_database_is_away_is_still_refused_in_words(
    ana: Player, attempt: str, path: str
) -> None:
    """The page of a refusal shows who is looking: where nobody can say, it shows nobody."""
    with failing("", 99, OutageError()):
        response = ana.browser.post_bare(
            path.format(attempt), {"step": 1, "choice": 1, "csrf_token": "forged"}
        )

    assert response.status_code in (400, 404)
    assert "Sign in" in response.text
    assert choices_of(attempt) == []


def test_a_page_that_cannot_be_read_says_that_nothing_was_lost(ana: Player, attempt: str) -> None:
    with failing("", 99, OutageError()):
        response = ana.browser.get(f"/attempts/{attempt}")

    assert response.status_code == 503
    assert "Nothing was lost." in response.get_data(as_text=True)


def test_a_call_whose_build_is_missing_for_the_moment_keeps_the_pick(
    ana: Player, attempt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between a new release and its `flask content import`; a fresh process has nothing in its cache."""
    with transaction() as session:
        session.execute(delete(RevisionBuild))
    monkeypatch.setattr(queries, "cache_for", lambda _session: BuildCache())

    response = ana.say(attempt, 1, 2)

    assert response.status_code == 503
    assert 'name="choice" value="2"' in response.get_data(as_text=True)


def test_saying_it_again_records_it_once(ana: Player, attempt: str) -> None:
    with failing("INSERT INTO step", 9, OutageError()):
        ana.say(attempt, 1, 2)

    assert ana.say(attempt, 1, 2).status_code == 303
    assert choices_of(attempt) == [2]


@pytest.mark.parametrize("sqlstate", ["40001", "40P01", "57P01"])
def test_a_lost_race_or_connection_is_tried_once_more(ana: Player, attempt: str, sqlstate: str) -> None:
    with failing("INSERT INTO step", 1, OutageError(sqlstate)) as failed:
        response = ana.say(attempt, 1, 2)

    assert (response.status_code, len(failed)) == (303, 1)
    assert choices_of(attempt) == [2]


def test_it_is_tried_once_more_and_no_oftener(ana: Player, attempt: str) -> None:
    with failing("INSERT INTO step", 9, OutageError("40001")) as failed:
        response = ana.say(attempt, 1, 2)

    assert (response.status_code, len(failed)) == (503, 2)


def test_an_answer_whose_acknowledgement_was_lost_is_found_and_not_doubled(
    ana: Player, attempt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit went through, and then the line broke: the second try finds the step."""
    real = service.record_choice

    def record_and_break(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        db.session().commit()
        monkeypatch.setattr(views, "record_choice", real)
        raise OperationalError("COMMIT", None, OutageError("57P01"))

    monkeypatch.setattr(views, "record_choice", record_and_break)

    assert ana.say(attempt, 1, 2).status_code == 303
    assert choices_of(attempt) == [2]
    assert find_row(attempt).step_count == 1
