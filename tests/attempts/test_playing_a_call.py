"""What the page of a call shows, without any script: where you are, what was said, what you could say."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from tests.attempts.playing import Player, choices_of, replies_on
from tests.people import Cast
from training.accounts.preferences import Preferences, write_preferences
from training.database import transaction
from training.web.safe_next import safe_next

HUMS = "the-kettle-that-hums"


@pytest.fixture
def attempt(ana: Player) -> str:
    return ana.start()


def test_the_call_opens_with_who_is_calling_and_what_you_know(ana: Player, attempt: str) -> None:
    page = ana.page(attempt)

    assert "<h1>Petra Voss</h1>" in page
    assert "night nurse" in page
    assert "You are Robin, on the help line of a kettle maker." in page
    assert "A replacement takes two days" in page
    assert "It is ten at night, and the line is quiet." in page
    assert "It hums. All night it hums." in page
    assert "Turn 1 of about 3" in page
    assert "Irritated" in page
    assert replies_on(page) == ['"Tell me when it hums."', '"Kettles hum."', '"I can send a form."']


def test_every_reply_is_a_button_of_one_form(ana: Player, attempt: str) -> None:
    page = ana.page(attempt)

    assert page.count(f'action="/attempts/{attempt}/steps"') == 1
    assert '<input type="hidden" name="step" value="1">' in page
    for place in (1, 2, 3):
        assert f'<button class="choice" name="choice" value="{place}"' in page


def test_after_a_reply_the_customer_answers_and_the_coach_speaks(ana: Player, attempt: str) -> None:
    ana.say(attempt, 1, 2)

    page = ana.page(attempt)

    newest = page.split('id="now"')[1]
    assert "Do they." in newest
    assert "So what will you do about it?" not in page, "what happens next waits for Carry on"
    assert "Canary coach regrets the shrug." in page
    assert "Weak choice" in page
    assert "Irritated to angry" in page or "Irritated to boiling" in page
    assert f'href="/attempts/{attempt}?step=2"' in page
    assert "Take that back" in page
    assert not replies_on(page)


def test_carry_on_shows_what_happens_next_and_the_replies(ana: Player, attempt: str) -> None:
    ana.say(attempt, 1, 2)

    page = ana.page(attempt, "?step=2")

    assert "So what will you do about it?" in page.split('id="now"')[1]
    assert "Do they." in page.split('id="now"')[0]
    assert "Canary coach" not in page
    assert replies_on(page) == ['"I shall look into it."', '"Have you tried turning it off?"']
    assert f'action="/attempts/{attempt}/hints"' in page


def test_an_old_carry_on_address_shows_the_newest_turn(ana: Player, attempt: str) -> None:
    ana.says(attempt, 2, 1)

    page = ana.page(attempt, "?step=2")

    assert "And the old one?" in page


def test_where_the_coach_has_nothing_to_say_the_call_goes_straight_on(ana: Player, attempt: str) -> None:
    ana.say(attempt, 1, 3)

    page = ana.page(attempt)

    assert "A form." in page
    assert "So what will you do about it?" in page
    assert "Weak choice" in page
    assert len(replies_on(page)) == 2


def test_the_inner_voice_waits_for_the_debrief(ana: Player, attempt: str) -> None:
    ana.say(attempt, 1, 1)

    assert "Canary thought" not in ana.page(attempt)
    assert "Canary thought" not in ana.page(attempt, "?step=2")


def test_a_pick_that_was_interrupted_is_highlighted_and_not_said(ana: Player, attempt: str) -> None:
    page = ana.page(attempt, "?step=1&pick=2")

    assert 'value="2" data-picked' in page
    assert page.count("data-picked") == 1
    assert choices_of(attempt) == []


def test_the_end_shows_how_it_ended_and_the_way_to_the_debrief(ana: Player, attempt: str) -> None:
    ana.says(attempt, 1, 1, 1)

    page = ana.page(attempt)

    assert "Petra sleeps through on Thursday" in page
    assert "The night is quiet." in page
    assert f'href="/attempts/{attempt}/debrief"' in page
    assert not replies_on(page)


def test_a_call_that_was_set_aside_leads_to_the_live_one(ana: Player, attempt: str) -> None:
    ana.says(attempt, 1, 2)
    live = ana.start(**{"from": attempt, "after": 1})

    page = ana.page(attempt)

    assert "You went back in this call." in page
    assert f'href="/attempts/{live}"' in page
    assert not replies_on(page)


def test_a_call_is_paused_by_leaving_and_carries_on_from_the_same_turn(ana: Player, attempt: str) -> None:
    ana.says(attempt, 1, 1)

    door = ana.browser.get("/scenarios/the-kettle-in-order").get_data(as_text=True)
    listed = ana.browser.get("/scenarios").get_data(as_text=True)

    assert "Carry on from turn 3" in door
    assert f'href="/attempts/{attempt}"' in door
    assert "Carry on from turn 3" in listed


def test_the_order_shown_stays_the_same_from_look_to_look(ana: Player) -> None:
    attempt = ana.start(HUMS)

    assert len({tuple(replies_on(ana.page(attempt))) for _look in range(5)}) == 1


def test_the_page_says_who_is_signed_in(ana: Player, attempt: str) -> None:
    page = ana.page(attempt)

    assert "You are Ana Duarte." in page
    assert "Not you?" in page
    assert '<input type="hidden" name="next" value="/scenarios/the-kettle-in-order">' in page


@pytest.mark.parametrize("where", ["", "?step=1&pick=1", "/debrief"])
def test_nothing_of_a_call_is_kept_by_a_cache(ana: Player, attempt: str, where: str) -> None:
    response = ana.browser.get(f"/attempts/{attempt}{where}")

    assert response.headers["Cache-Control"] == "no-store, private"


def test_time_is_off_until_a_person_turns_it_on(ana: Player, attempt: str) -> None:
    ana.say(attempt, 1, 1)

    assert "Say nothing" not in ana.page(attempt, "?step=2")
    assert "Timed lines are off" in ana.page(attempt)


def test_with_time_on_patience_is_shown_at_the_chosen_pace_and_silence_can_be_said(
    ana: Player, attempt: str
) -> None:
    with transaction() as session:
        write_preferences(session, ana.person_id, Preferences(timed_lines=True, pace=3))
    assert "data-patience" not in ana.page(attempt), "the first scene has no timer"
    ana.say(attempt, 1, 1)

    page = ana.page(attempt, "?step=2")

    assert 'data-patience="60"' in page
    assert 'name="choice" value="0" data-silence' in page
    assert "She sighs" not in page, "where silence leads is told by nobody"


def test_keys_and_clock_are_as_the_person_chose(ana: Player, attempt: str) -> None:
    with transaction() as session:
        write_preferences(session, ana.person_id, Preferences(number_keys=False, call_clock=False))

    page = ana.page(attempt)

    assert '<input type="checkbox" data-keys>' in page
    assert "data-clock" not in page


def test_signed_out_meanwhile_the_pick_is_only_highlighted(ana: Player, attempt: str, app: Flask) -> None:
    ana.browser.client.delete_cookie("session", domain="127.0.0.1")

    response = ana.say(attempt, 1, 2)

    assert response.status_code == 303
    way = urlsplit(response.location)
    assert way.path == "/sign-in"
    back = f"/attempts/{attempt}?step=1&pick=2"
    assert parse_qs(way.query)["next"] == [back]
    door = ana.browser.get(response.location).get_data(as_text=True)
    action = re.search(r'action="(/sign-in\?[^"]*)"', door)
    assert action is not None
    assert parse_qs(urlsplit(unescape(action[1])).query)["next"] == [back], "the door keeps the way back"
    assert safe_next(back) == back
    assert choices_of(attempt) == []


def test_a_visitor_at_a_call_signs_in_first(ana: Player, attempt: str, cast: Cast) -> None:
    ana.browser.client.delete_cookie("session", domain="127.0.0.1")

    response = ana.browser.get(f"/attempts/{attempt}?step=1")

    assert response.status_code == 303
    assert "next=" in response.location
