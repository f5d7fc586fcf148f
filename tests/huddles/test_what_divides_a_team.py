"""The most divided decision: first tries at checks, five people or more, in steps of five, nobody named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.browsing import Browser
from tests.huddles.conftest import HUDDLES, words
from tests.people import Cast
from tests.statements import counted_statements
from tests.viewers import as_viewer
from training.accounts.models import Person
from training.assignments.service import assign_module
from training.attempts.models import AttemptKind
from training.clock import now
from training.database import db, transaction
from training.demo.playing import Taste, careful, hasty, play_call
from training.huddles.decisions import Chosen
from training.huddles.sources import from_checks
from training.teams.models import Membership

CALL = "an-ordinary-first-call"
Take = Callable[..., int]


@pytest.fixture
def take(app: Flask, published: None, cast: Cast) -> Take:
    """Somebody new takes the call: take(taste, kind, person); returns who."""
    at = now() - timedelta(days=9)
    due = (at + timedelta(days=30)).date()
    with transaction() as session:
        for team in (cast.morning_desk, cast.night_desk):
            assign_module(session, team, "first-week", due, by=cast.ben, at=at, today=at.date())
    seen = 0

    def one(
        taste: Taste, kind: AttemptKind = AttemptKind.CHECK, person: int = 0, team: int = cast.morning_desk
    ) -> int:
        nonlocal seen
        seen += 1
        with transaction() as session:
            if not person:
                made = Person(name=f"Zuzana Nr{seen}", email=f"nr{seen}@example.invalid")
                session.add(made)
                session.flush()
                session.add(Membership(team_id=team, person_id=made.id, joined_at=at))
                session.flush()
                person = made.id
            play_call(session, as_viewer(session, person), CALL, kind, taste, f"{seen}", at)
        return person

    return one


def divided(cast: Cast) -> Chosen | None:
    db.session.remove()
    return from_checks(db.session(), cast.morning_desk)


def test_four_people_are_too_few_and_five_are_enough(take: Take, cast: Cast) -> None:
    for taste in (careful, careful, hasty, hasty):
        take(taste)
    assert divided(cast) is None

    take(hasty)

    found = divided(cast)
    assert found is not None
    assert found.scene
    assert len(found.replies) == len(found.bands) > 1
    assert "strong" in found.bands


def test_one_person_five_times_is_one_person(take: Take, cast: Cast) -> None:
    for taste in (careful, careful, hasty):
        take(taste)
    somebody = take(hasty)
    for _ in range(3):
        take(hasty, person=somebody)

    assert divided(cast) is None


def test_practice_is_not_read(take: Take, cast: Cast) -> None:
    for taste in (careful, careful, careful, hasty, hasty):
        take(taste, AttemptKind.PRACTICE)

    assert divided(cast) is None


def test_another_team_s_checks_are_not_read(take: Take, cast: Cast) -> None:
    for taste in (careful, careful, careful, hasty, hasty):
        take(taste, team=cast.night_desk)

    assert divided(cast) is None


def test_where_all_agree_nothing_divides_them(take: Take, cast: Cast) -> None:
    for _ in range(5):
        take(careful)

    assert divided(cast) is None


def test_who_comes_sixth_changes_nothing(take: Take, cast: Cast) -> None:
    for _ in range(5):
        take(careful)
    for _ in range(4):
        take(hasty)
        assert divided(cast) is None

    take(hasty)

    assert divided(cast) is not None


def test_the_huddle_of_it_names_nobody_and_tells_no_figure(app: Flask, take: Take, cast: Cast) -> None:
    for taste in (careful, careful, hasty, hasty, hasty):
        take(taste)
    ben = Browser(app).sign_in(cast.ben)
    with counted_statements(db.engine) as statements:
        address = ben.post(HUDDLES).location
    page = ben.get(address).text

    assert "An ordinary first call" in words(page)
    assert "nobody is named" in words(page)
    assert "Zuzana" not in page
    assert "in 5" not in words(page)
    assert len(statements) <= 25
    for below in ("/sheet", "/screen"):
        assert ben.get(address + below).status_code == 200
    assert ben.post(HUDDLES, {"about": "tip"}).location != address
