"""What others said is told in fives, from first checks alone: nobody's reply can be read off it."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.attempts.kettle import publish_again
from tests.attempts.playing import Player
from tests.attempts.strangers import play
from tests.attempts.test_what_a_call_costs import counting
from tests.browsing import Browser
from tests.people import Cast
from training.attempts import others_said as others
from training.attempts.models import AttemptKind
from training.attempts.others_said import MOST_PEOPLE, crowd_of
from training.clock import now

SAID = "What others said"
EARLY = "stands here once five people have taken the check"
replies = st.lists(st.integers(0, 4), max_size=40)


@given(replies)
def test_below_five_nothing_is_told(said: list[int]) -> None:
    assert (crowd_of(said) is None) == (len(said) < 5)


@given(replies, st.lists(st.integers(0, 4), min_size=1, max_size=4))
def test_nobody_who_comes_changes_anything_until_five_have(said: list[int], more: list[int]) -> None:
    whole = said[: len(said) // 5 * 5]

    assert crowd_of(whole + more) == crowd_of(whole)


@given(replies.filter(lambda said: len(said) >= 5))
def test_no_count_is_told_but_that_of_whole_fives(said: list[int]) -> None:
    crowd = crowd_of(said)

    assert crowd is not None
    assert crowd.people % 5 == 0
    assert crowd.some == tuple(sorted(crowd.some)), "in the author's order, so that no rank is told"


def test_most_is_more_than_half_and_one_of_twenty_is_not_told() -> None:
    crowd = crowd_of([1] * 11 + [2] * 8 + [3])

    assert crowd is not None
    assert (crowd.people, crowd.most, crowd.some) == (20, 1, (2,))


# A check that somebody finished today.
check = partial(play, began=now())


@pytest.fixture
def mine(ana: Player) -> str:
    attempt = ana.start()
    ana.says(attempt, 1, 2, 1)
    return attempt


def told(page: str, turn: int) -> str:
    """What the debrief tells of others at a turn, as plain words."""
    part = page.split(f'id="turn-{turn}"')[1].split("</li>")[0]
    if SAID not in part:
        return ""
    words = re.sub(r"<[^>]+>", " ", part.split(SAID)[1])
    return " ".join(words.replace('"', "'").split())


def test_four_people_are_too_few_and_it_says_so_kindly(ana: Player, mine: str) -> None:
    for _person in range(4):
        check(1, 1, 1)

    page = ana.debrief(mine)

    assert told(page, 1) == ""
    assert EARLY in page


def test_from_five_on_it_tells_what_most_and_some_said(ana: Player, mine: str) -> None:
    for choices in ((1, 1, 1), (1, 1, 1), (1, 3), (2, 2, 1), (2, 3)):
        check(*choices)

    page = ana.debrief(mine)

    assert "first checks of 5 people" in told(page, 1)
    assert "Most 'Tell me when it hums.' as you did" in told(page, 1)
    assert "Some 'Kettles hum.'" in told(page, 1)
    assert "I can send a form" not in told(page, 1)
    assert told(page, 3) == "", "three of them came so far"
    assert EARLY not in page


@pytest.mark.parametrize("more", [1, 4])
def test_six_and_nine_read_like_five_and_ten_do_not(ana: Player, mine: str, more: int) -> None:
    for _person in range(5):
        check(1, 1, 1)
    five = told(ana.debrief(mine), 1)

    for _person in range(more):
        check(2, 2, 1)

    assert told(ana.debrief(mine), 1) == five
    for _person in range(5 - more):
        check(2, 2, 1)
    assert "10 people" in told(ana.debrief(mine), 1)


def test_practice_and_second_tries_are_not_counted(ana: Player, mine: str) -> None:
    for _person in range(5):
        check(1, 1, 1, kind=AttemptKind.PRACTICE)
    people = [check(1, 1, 1) for _person in range(4)]
    for who in people:
        check(2, 2, 1, who=who)

    assert told(ana.debrief(mine), 1) == ""


def test_silence_is_told_as_such(ana: Player, mine: str) -> None:
    for _person in range(5):
        check(1, 0)

    assert "Most Nothing was said." in told(ana.debrief(mine), 2)


def test_other_words_leave_the_crowd_and_another_score_begins_a_new_one(
    ana: Player, mine: str, tmp_path: Path
) -> None:
    for _person in range(5):
        check(1, 1, 1)
    publish_again(tmp_path / "words", "Kettles hum.", "All kettles hum.")
    reworded = ana.start()
    ana.says(reworded, 1, 2, 1)
    publish_again(tmp_path / "score", "Own it +2, temper -1, set", "Own it +3, temper -1, set")
    rescored = ana.start()
    ana.says(rescored, 1, 2, 1)

    assert "first checks of 5 people" in told(ana.debrief(reworded), 1)
    assert told(ana.debrief(rescored), 1) == ""
    assert "first checks of 5 people" in told(ana.debrief(mine), 1)


def test_another_call_s_people_are_others(ana: Player, mine: str) -> None:
    for _person in range(5):
        check(1, 1, 1, slug="the-kettle-that-hums")

    assert told(ana.debrief(mine), 1) == ""


def test_a_lead_reads_nothing_of_others_in_a_shared_debrief(
    ana: Player, mine: str, app: Flask, cast: Cast
) -> None:
    for _person in range(5):
        check(1, 1, 1)
    ana.browser.post(f"/attempts/{mine}/shares", data={})

    page = Browser(app).sign_in(cast.ben).get(f"/attempts/{mine}/debrief").get_data(as_text=True)

    assert "shares this debrief with you" in page
    assert SAID not in page


def test_it_costs_no_more_for_more_people(ana: Player, mine: str) -> None:
    for _person in range(5):
        check(1, 1, 1)
    ana.debrief(mine)
    with counting() as few:
        ana.debrief(mine)
    for _person in range(12):
        check(2, 2, 1)

    with counting() as many:
        ana.debrief(mine)

    assert len(many) == len(few)


def test_fifty_people_are_enough(ana: Player, mine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many come after them, no more is read, and nothing changes any more."""
    monkeypatch.setattr(others, "MOST_PEOPLE", 5)
    for _person in range(5):
        check(1, 1, 1)
    for _person in range(10):
        check(2, 2, 1)

    assert "first checks of 5 people" in told(ana.debrief(mine), 1)
    assert MOST_PEOPLE % 5 == 0
