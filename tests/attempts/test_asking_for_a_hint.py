"""A hint is for whoever asks: that is recorded, it costs nothing, and the debrief says where."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.attempts.playing import Player, find_row
from tests.people import Cast
from training.attempts.models import HintAsked
from training.database import db


def asked() -> list[int]:
    db.session.remove()
    return list(db.session.scalars(select(HintAsked.number)))


def ask(player: Player, attempt: str, step: object) -> int:
    return player.browser.post(f"/attempts/{attempt}/hints", data={"step": step}).status_code


@pytest.fixture
def attempt(ana: Player) -> str:
    """A call that stands at the scene with a hint."""
    attempt = ana.start()
    ana.says(attempt, 1)
    return attempt


def test_the_hint_is_not_on_the_page_until_it_is_asked_for(ana: Player, attempt: str) -> None:
    assert "Think of Thursday." not in ana.page(attempt, "?step=2")

    assert ask(ana, attempt, 2) == 303

    assert "Think of Thursday." in ana.page(attempt, "?step=2")
    assert asked() == [2]


def test_asking_twice_is_asking_once(ana: Player, attempt: str) -> None:
    assert [ask(ana, attempt, 2), ask(ana, attempt, 2)] == [303, 303]
    assert asked() == [2]


def test_it_costs_nothing_and_the_debrief_says_where(ana: Player, attempt: str) -> None:
    ask(ana, attempt, 2)
    ana.say(attempt, 2, 1)
    assert "Think of Thursday." not in ana.page(attempt, "?step=3"), "it was for that turn"
    ana.say(attempt, 3, 1)

    page = ana.debrief(attempt)

    assert find_row(attempt).percent == 100
    assert page.count("You asked for a hint here.") == 1
    assert page.index('id="turn-2"') < page.index("You asked for a hint here.") < page.index('id="turn-3"')


def test_in_a_check_it_is_free_too(ana: Player, assigned: int) -> None:
    check = ana.start(kind="check")
    ana.says(check, 1)
    ask(ana, check, 2)
    ana.say(check, 2, 1)
    ana.say(check, 3, 1)

    assert find_row(check).percent == 100


@pytest.mark.parametrize("step", [1, 3, "x", -1])
def test_a_page_that_is_out_of_date_asks_for_nothing(ana: Player, attempt: str, step: object) -> None:
    assert ask(ana, attempt, step) == 409
    assert asked() == []


def test_where_there_is_no_hint_there_is_none_to_ask_for(ana: Player) -> None:
    attempt = ana.start()

    assert f"/attempts/{attempt}/hints" not in ana.page(attempt)
    assert ask(ana, attempt, 1) == 422
    assert asked() == []


def test_nobody_else_asks(omar: Player, attempt: str) -> None:
    assert ask(omar, attempt, 2) == 404
    assert asked() == []


def test_a_lead_with_whom_it_is_shared_does_not_read_where(
    ana: Player, attempt: str, cast: Cast, app: Flask
) -> None:
    ask(ana, attempt, 2)
    ana.say(attempt, 2, 1)
    ana.say(attempt, 3, 1)
    ana.browser.post(f"/attempts/{attempt}/shares")

    page = Player(app, cast.ben).debrief(attempt)

    assert "asked for a hint" not in page
