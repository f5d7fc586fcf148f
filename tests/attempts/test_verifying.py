"""`flask attempts verify` plays every attempt again and names each difference."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete, update

from tests.attempts.playing import Player, find_row
from training.attempts.models import Attempt, Step
from training.clock import now
from training.database import transaction
from training.library import queries
from training.library.cache import BuildCache
from training.library.models import RevisionBuild


@pytest.fixture
def finished(ana: Player) -> str:
    """One finished call, one set aside, and one that goes on."""
    attempt = ana.start()
    ana.says(attempt, 1, 2, 1)
    aside = ana.start()
    ana.says(aside, 1, 1)
    ana.start(**{"from": aside, "after": 1})
    return attempt


def run(app: Flask) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["attempts", "verify"])
    return result.exit_code, result.output


def test_honest_attempts_show_no_difference(app: Flask, finished: str) -> None:
    assert run(app) == (0, "3 attempts replayed, 0 differences.\n")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"percent": 99.0}, "its percent is stored as 99.0"),
        ({"passed": True}, "its passed is stored as True, and played again it is False"),
        ({"ending": "partial"}, "its ending is stored as partial, and played again it is success"),
        ({"step_count": 4}, "it says 4 steps and has 3"),
        ({"finished_at": None}, "it says not finished, and its steps do not"),
    ],
)
def test_a_changed_result_is_named(app: Flask, finished: str, values: dict[str, object], said: str) -> None:
    with transaction() as session:
        open_ones = Attempt.finished_at.is_(None) & Attempt.set_aside_at.is_(None)
        session.execute(update(Attempt).where(open_ones).values(set_aside_at=now()))
        session.execute(update(Attempt).where(Attempt.public_id == finished).values(**values))

    code, output = run(app)

    assert code == 1
    assert f"{finished}: {said}" in output
    assert output.endswith("1 differences.\n")


def test_a_forged_step_is_named(app: Flask, finished: str) -> None:
    attempt_id = find_row(finished).id
    with transaction() as session:
        session.execute(update(Step).where(Step.attempt_id == attempt_id, Step.number == 1).values(choice=7))

    code, output = run(app)

    assert code == 1
    assert "its steps cannot be played" in output


def test_a_missing_build_is_said_and_not_a_crash(
    app: Flask, finished: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction() as session:
        session.execute(delete(RevisionBuild))
    monkeypatch.setattr(queries, "cache_for", lambda _session: BuildCache())

    code, output = run(app)

    assert code == 1
    assert "run `flask content import`" in output


def test_a_missing_step_is_named(app: Flask, finished: str) -> None:
    attempt_id = find_row(finished).id
    with transaction() as session:
        session.execute(delete(Step).where(Step.attempt_id == attempt_id, Step.number == 2))

    code, output = run(app)

    assert code == 1
    assert "its steps are numbered [1, 3]" in output
