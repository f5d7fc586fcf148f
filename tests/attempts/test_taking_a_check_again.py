"""A check that was not passed may be taken again; one that was passed is done until a lead allows another."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import Cast
from tests.viewers import as_viewer
from training.assignments.models import CheckAllowance
from training.assignments.queries import find_asked_module, list_asked_modules
from training.assignments.service import allow_new_check, assign_module, withdraw_assignment
from training.attempts.models import Attempt, AttemptKind
from training.clock import now
from training.database import transaction
from training.demo.playing import Taste, careful, careless, play_call
from training.errors import ConflictError

CALL = "an-ordinary-first-call"
pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture
def asked(app: Flask, cast: Cast) -> str:
    with transaction() as session:
        at = now()
        made = assign_module(
            session, cast.morning_desk, "first-week", None, by=cast.ben, at=at, today=at.date()
        )
        return made.public_id


def take(cast: Cast, taste: Taste) -> None:
    with transaction() as session:
        play_call(session, as_viewer(session, cast.ana), CALL, AttemptKind.CHECK, taste, "seed", now())


def allow(cast: Cast, assignment: str) -> None:
    with transaction() as session:
        asked = find_asked_module(session, cast.morning_desk, assignment)
        allow_new_check(session, asked, cast.ana, CALL, by=cast.ben, at=now() + timedelta(seconds=1))


def test_who_has_not_passed_may_try_again(asked: str, cast: Cast, session: Session) -> None:
    take(cast, careless)
    take(cast, careful)

    assert session.scalars(select(Attempt.passed).order_by(Attempt.id)).all() == [False, True]


def test_who_has_passed_is_done_and_told_so(app: Flask, asked: str, cast: Cast, session: Session) -> None:
    take(cast, careful)

    with pytest.raises(ConflictError, match="passed this check"):
        take(cast, careful)
    ana = Browser(app).sign_in(cast.ana)
    door = ana.get(f"/scenarios/{CALL}").text
    assert "You passed the check on" in door
    assert "Take the check" not in door
    assert ana.post(f"/scenarios/{CALL}/attempts", {"kind": "check"}).status_code == 409


def test_a_lead_allows_one_more_and_the_first_stays_first(asked: str, cast: Cast, session: Session) -> None:
    take(cast, careful)
    allow(cast, asked)
    with transaction() as writing:  # passed yesterday, allowed today
        writing.scalars(select(Attempt)).one().finished_at = now() - timedelta(days=1)
    take(cast, careless)

    assert session.scalars(select(Attempt.passed).order_by(Attempt.finished_at)).all() == [True, False]


def test_what_was_allowed_is_used_up_by_passing_again(asked: str, cast: Cast, session: Session) -> None:
    take(cast, careful)
    with transaction() as writing:
        writing.scalars(select(Attempt)).one().finished_at = now() - timedelta(days=2)
    allow(cast, asked)
    with transaction() as writing:
        writing.scalars(select(CheckAllowance)).one().allowed_at = now() - timedelta(days=1)
    take(cast, careful)

    with pytest.raises(ConflictError, match="passed this check"):
        take(cast, careful)


def test_nothing_is_allowed_by_what_nobody_asks_for_any_more(
    asked: str, cast: Cast, session: Session
) -> None:
    take(cast, careful)
    allow(cast, asked)
    with transaction() as writing:
        withdraw_assignment(writing, cast.morning_desk, asked, by=cast.ben, at=now())
        at = now()
        assign_module(writing, cast.morning_desk, "first-week", None, by=cast.ben, at=at, today=at.date())

    assert len(list_asked_modules(session, cast.morning_desk)) == 1
    with pytest.raises(ConflictError, match="passed this check"):
        take(cast, careful)
