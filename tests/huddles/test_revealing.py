"""The reveal: the coach's words, and shares by the rule of five."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.browsing import Browser
from tests.huddles.conftest import Room, words
from training.huddles.rules import fifths_of, question_for, shares_of

FOUR = st.dictionaries(st.integers(1, 6), st.integers(0, 60), min_size=2)


def hands(room: Room, *counts: int) -> None:
    values = [int(value) for value in room.row.replies.split()]
    form = {f"reply_{value}": count for value, count in zip(values, counts, strict=False)}
    assert room.lead.post(f"{room.address}/hands", form).status_code == 303


def test_four_votes_are_too_few_to_show(room: Room) -> None:
    room.vote(1, 1, 1, 2)

    page = room.reveal()

    assert "Too few to show" in page
    assert "4 phones voted." in page
    assert "in 5" not in page


def test_five_votes_are_shown_in_fifths(room: Room) -> None:
    room.vote(1, 1, 1, 2, 3)

    page = room.reveal()

    assert "about 3 in 5" in page
    assert page.count("about 1 in 5") == 2
    assert "hardly anybody" in page
    assert "%" not in page


def test_before_the_reveal_no_share_is_anywhere(room: Room, ben: Browser) -> None:
    room.vote(1, 1, 1, 2, 3)

    for below in ("", "/screen", "/sheet"):
        assert "in 5" not in words(ben.get(room.address + below).text)


def test_revealing_twice_changes_nothing(room: Room) -> None:
    room.vote(1, 1, 1, 2, 3)
    first, at = room.reveal(), room.row.revealed_at

    assert room.reveal() == first
    assert room.row.revealed_at == at


def test_from_the_screen_it_goes_on_on_the_screen(room: Room) -> None:
    reply = room.lead.post(f"{room.address}/reveal", {"on": "screen"})

    assert reply.location == f"{room.address}/screen"


def test_a_show_of_hands_works_without_a_phone(room: Room) -> None:
    hands(room, 4, 2, 0, 0)
    hands(room, 3, 2, 0, 0)

    page = room.reveal()

    assert "5 hands were counted." in page
    assert "about 3 in 5" in page


def test_hands_stay_as_they_were_at_the_reveal(room: Room) -> None:
    hands(room, 5, 0)
    room.reveal()

    reply = room.lead.post(f"{room.address}/hands", {"reply_1": 1})

    assert reply.status_code == 409
    assert "nearly everybody" in room.page()


@pytest.mark.parametrize("typed", ["-1", "many", "1000", "2.5"])
def test_a_count_that_is_none_is_refused_and_said(room: Room, typed: str) -> None:
    reply = room.lead.post(f"{room.address}/hands", {"reply_1": typed})

    assert reply.status_code == 422
    assert "One thing to mend" in reply.text


def test_hands_cannot_show_whose_vote_came_by_phone() -> None:
    told = shares_of({1: 1}, {1: 2, 2: 2})

    assert told.people == 5
    assert told.fifths is None
    assert shares_of({1: 4}, {2: 5}).fifths == {2: 5}
    assert shares_of({1: 5}, {2: 5}).fifths == {1: 3, 2: 2}


@given(FOUR.filter(lambda counts: sum(counts.values()) > 0))
def test_fifths_add_up_and_are_off_by_less_than_one(counts: dict[int, int]) -> None:
    fifths, total = fifths_of(counts), sum(counts.values())

    assert sum(fifths.values()) == 5
    for reply, count in counts.items():
        assert abs(fifths[reply] - 5 * count / total) < 1


def test_the_question_follows_what_the_room_did() -> None:
    bands = {1: "strong", 2: "weak"}

    assert question_for(bands, None) == "open"
    assert question_for(bands, shares_of({1: 4}, {})) == "open"
    assert question_for(bands, shares_of({1: 9, 2: 1}, {})) == "agreed"
    assert question_for(bands, shares_of({1: 1, 2: 9}, {})) == "tempted"
    assert question_for(bands, shares_of({1: 2, 2: 2, 3: 1}, {})) == "divided"
