"""Keep this line: a card of one's own, made of words that were said in one's own finished calls."""

from __future__ import annotations

import re

import pytest

from tests.attempts.playing import Player


@pytest.fixture
def attempt(ana: Player) -> str:
    attempt = ana.start()
    ana.says(attempt, 1, 2, 1)
    return attempt


def keep(player: Player, attempt: str, turn: object, line: str) -> int:
    fields = {"attempt": attempt, "line": f"{line}-{turn}"}
    return player.browser.post("/phrases", data=fields).status_code


def card(player: Player) -> str:
    return player.browser.get("/phrases").text


def test_a_line_of_one_s_own_and_a_stronger_one_can_be_kept(ana: Player, attempt: str) -> None:
    page = ana.debrief(attempt)
    assert page.count("Keep this line") == 3
    assert keep(ana, attempt, 1, "said") == keep(ana, attempt, 2, "stronger") == 303

    found = card(ana)

    assert "Tell me when it hums." in found
    assert "A new one is with you on Thursday." in found
    assert "The kettle in order" in found


def test_the_same_line_stands_there_once(ana: Player, attempt: str) -> None:
    for _again in range(2):
        assert keep(ana, attempt, 1, "said") == 303

    assert card(ana).count('class="voice voice--large"') == 1


def test_a_line_can_be_taken_off(ana: Player, attempt: str) -> None:
    keep(ana, attempt, 1, "said")
    found = re.search(r'action="(/phrases/\w+/removal)"', card(ana))
    assert found is not None

    ana.browser.post(found[1])

    assert "No lines yet" in card(ana)
    assert ana.browser.post(found[1]).status_code == 404


def test_a_card_is_nobody_else_s(ana: Player, omar: Player, attempt: str) -> None:
    keep(ana, attempt, 1, "said")
    found = re.search(r'action="(/phrases/\w+/removal)"', card(ana))
    assert found is not None

    assert "No lines yet" in card(omar)
    assert omar.browser.post(found[1]).status_code == 404
    assert keep(omar, attempt, 1, "said") == 404
    assert "Tell me when it hums." in card(ana)


@pytest.mark.parametrize(
    ("turn", "line"), [(0, "said"), (4, "said"), ("x", "said"), (1, "best"), (-1, "said")]
)
def test_what_was_not_said_cannot_be_kept(ana: Player, attempt: str, turn: object, line: str) -> None:
    assert keep(ana, attempt, turn, line) == 422
    assert "No lines yet" in card(ana)


def test_silence_and_a_call_that_goes_on_give_no_line(ana: Player) -> None:
    attempt = ana.start()
    ana.says(attempt, 1)
    assert keep(ana, attempt, 1, "stronger") == 422
    ana.say(attempt, 2, 0)

    assert keep(ana, attempt, 2, "said") == 422
