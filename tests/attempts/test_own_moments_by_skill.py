"""What a learner's own plays showed of a skill: on the skill's page, for their eyes only."""

import re

import pytest
from flask import Flask

from tests.browsing import Browser
from tests.people import Cast
from tests.statements import counted_statements
from tests.viewers import as_viewer
from training.attempts.models import Attempt, AttemptKind
from training.attempts.own_moments import own_moments
from training.clock import now
from training.database import db, transaction
from training.demo.playing import careful, careless, play_call

CALL = "an-ordinary-first-call"
pytestmark = pytest.mark.usefixtures("published")


def play(person: int, *, well: bool) -> None:
    with transaction() as session:
        taste = careful if well else careless
        play_call(session, as_viewer(session, person), CALL, AttemptKind.PRACTICE, taste, "s", now())


def stitches(page: str) -> list[str]:
    found = re.search(r'class="sampler__skill">.*?</li>', page, re.DOTALL)
    return re.findall(r'class="stitches__(\w+)"', found[0]) if found else []


def trained(person: int) -> str:
    return own_moments(db.session(), person)[0][0]


def test_each_decision_is_a_stitch_oldest_first(app: Flask, cast: Cast) -> None:
    play(cast.ana, well=True)
    skill = trained(cast.ana)
    browser = Browser(app).sign_in(cast.ana)
    first = stitches(browser.get(f"/skills/{skill}").text)
    play(cast.ana, well=False)
    both = stitches(browser.get(f"/skills/{skill}").text)

    assert first
    assert set(first) == {"strong"}
    assert both[: len(first)] == first
    assert "weak" in both[len(first) :]
    assert "Yours: " in browser.get("/skills").text


def test_nobody_else_sees_them(app: Flask, cast: Cast) -> None:
    play(cast.ana, well=False)
    skill = trained(cast.ana)

    for person in (cast.ben, cast.tova, cast.ada, cast.omar):
        browser = Browser(app).sign_in(person)
        assert stitches(browser.get(f"/skills/{skill}").text) == []
        assert "Yours: " not in browser.get("/skills").text


def test_a_reply_that_was_copied_counts_once(app: Flask, cast: Cast) -> None:
    play(cast.ana, well=True)
    before = len(own_moments(db.session(), cast.ana))
    with transaction() as session:
        attempt = session.query(Attempt).one()
        attempt.copied_steps = attempt.step_count

    assert before > 0
    assert own_moments(db.session(), cast.ana) == []


def test_the_page_costs_few_statements(app: Flask, cast: Cast) -> None:
    play(cast.ana, well=True)
    browser, skill = Browser(app).sign_in(cast.ana), trained(cast.ana)
    browser.get(f"/skills/{skill}")

    with counted_statements(db.engine) as seen:
        browser.get(f"/skills/{skill}")

    assert len([one for one in seen if not one.startswith(("BEGIN", "PRAGMA"))]) <= 4, seen
