"""After a call it can be read as the customer: the inner voice, and where they were lost or won."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.attempts.conftest import item_id
from tests.attempts.playing import Player, find_row
from tests.browsing import Browser
from tests.people import Cast
from training.clock import now
from training.database import transaction
from training.library.service import retire


def other_side(player: Player, attempt: str) -> str:
    response = player.browser.get(f"/attempts/{attempt}/other-side")
    assert response.status_code == 200
    return response.get_data(as_text=True)


@pytest.fixture
def attempt(ana: Player) -> str:
    """Shrugged at her, promised to look into it, and cleared the table."""
    attempt = ana.start()
    ana.says(attempt, 2, 1, 1)
    return attempt


def test_the_debrief_leads_to_the_other_side(ana: Player, attempt: str) -> None:
    assert f'href="/attempts/{attempt}/other-side"' in ana.debrief(attempt)


def test_the_call_is_told_as_the_customer_lived_it(ana: Player, attempt: str) -> None:
    page = other_side(ana, attempt)

    assert "You are Petra Voss now." in page
    assert "Canary thought at the start." in page
    assert "Kettles hum." in page
    assert "Do they." in page
    assert "Petra sleeps through on Thursday" in page
    assert "Canary coach" not in page, "the coach speaks to the learner alone"
    assert "the line is quiet" not in page, "the briefing is the learner's"


def test_it_marks_once_where_she_was_lost_and_where_she_was_won(ana: Player, attempt: str) -> None:
    page = other_side(ana, attempt)

    lost, won = page.index("Here they lost you"), page.index("Here they won you")
    assert page.count("Here they lost you") == page.count("Here they won you") == 1
    assert page.index('id="turn-1"') < lost < page.index('id="turn-2"')
    assert page.index('id="turn-3"') < won


def test_silence_is_heard_as_nothing(ana: Player) -> None:
    attempt = ana.start()
    ana.says(attempt, 1, 0)

    assert "You hear nothing." in other_side(ana, attempt)


def test_a_call_that_goes_on_has_no_other_side_yet(ana: Player) -> None:
    attempt = ana.start()
    ana.says(attempt, 1)

    answer = ana.browser.get(f"/attempts/{attempt}/other-side")

    assert (answer.status_code, answer.location) == (303, f"/attempts/{attempt}")


@pytest.mark.parametrize("somebody", ["ben", "tova", "ada", "omar"])
def test_nobody_else_reads_it(ana: Player, attempt: str, app: Flask, cast: Cast, somebody: str) -> None:
    browser = Browser(app).sign_in(getattr(cast, somebody))

    assert browser.get(f"/attempts/{attempt}/other-side").status_code == 404


PAIR = "the-wrong-order", "the-wrong-order-from-the-other-end"


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(("played", "paired"), [PAIR, PAIR[::-1]])
def test_a_call_with_a_pair_leads_to_the_same_call_from_their_side(
    app: Flask, cast: Cast, played: str, paired: str
) -> None:
    ana = Player(app, cast.ana)

    page = other_side(ana, play_through(ana, played))

    assert f'<a href="/scenarios/{paired}">' in page
    assert ana.browser.get(f"/scenarios/{paired}").status_code == 200


@pytest.mark.usefixtures("published")
def test_a_pair_that_is_not_published_is_not_offered(app: Flask, cast: Cast) -> None:
    ana = Player(app, cast.ana)
    attempt = play_through(ana, PAIR[0])
    with transaction() as session:
        retire(session, [item_id(PAIR[1])], now())

    assert PAIR[1] not in other_side(ana, attempt)


def test_a_call_without_a_pair_offers_none(ana: Player, attempt: str) -> None:
    assert "from their side" not in other_side(ana, attempt)


def play_through(player: Player, slug: str) -> str:
    """A finished practice, by the first replies shown."""
    attempt = player.start(slug)
    for step in range(1, 20):
        if find_row(attempt).finished_at is not None:
            break
        player.say(attempt, step, 1)
    return attempt
