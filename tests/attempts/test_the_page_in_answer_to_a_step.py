"""A script may ask for the call's page in answer to its step: one request where a redirect takes two."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.attempts.playing import Player, choices_of
from tests.browsing import Browser
from tests.people import Cast
from training.accounts.preferences import Preferences, write_preferences
from training.database import transaction

PREFER = {"Prefer": "return=representation"}
TOKEN = re.compile(r'name="csrf_token" value="[^"]+"')


def ask(browser: Browser, attempt: str, step: object, choice: object) -> TestResponse:
    return browser.post(f"/attempts/{attempt}/steps", {"step": step, "choice": choice}, headers=PREFER)


def text_of(page: str) -> str:
    """The page without its form token, which differs each time."""
    return TOKEN.sub("", page)


@pytest.mark.parametrize("said", [0, 1, 2])
def test_it_is_the_page_that_the_redirect_leads_to(ana: Player, said: int) -> None:
    attempt = ana.start()
    ana.says(attempt, *[1] * said)

    answer = ask(ana.browser, attempt, said + 1, 1)

    assert answer.status_code == 200
    assert answer.headers["Preference-Applied"] == PREFER["Prefer"]
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert text_of(answer.text) == text_of(ana.page(attempt))
    assert len(choices_of(attempt)) == said + 1


def test_saying_it_again_gives_the_page_again_and_records_nothing(ana: Player) -> None:
    attempt = ana.start()
    first = ask(ana.browser, attempt, 1, 2)

    again = ask(ana.browser, attempt, 1, 2)

    assert again.status_code == 200
    assert text_of(again.text) == text_of(first.text)
    assert len(choices_of(attempt)) == 1


def test_what_a_person_chose_for_themselves_holds_here_too(ana: Player) -> None:
    attempt = ana.start()
    with transaction() as session:
        write_preferences(session, ana.person_id, Preferences(call_clock=False, say_first=True))

    page = ask(ana.browser, attempt, 1, 1).text

    assert "data-clock" not in page
    assert text_of(page) == text_of(ana.page(attempt))


def test_refusals_stay_what_they_are(ana: Player) -> None:
    attempt = ana.start()
    ana.says(attempt, 1)

    assert ask(ana.browser, attempt, 2, 99).status_code == 422
    assert ask(ana.browser, attempt, 1, 2).status_code == 409
    assert len(choices_of(attempt)) == 1


def test_somebody_signed_out_is_led_to_the_door(app: Flask, cast: Cast, ana: Player) -> None:
    attempt = ana.start()

    answer = ask(Browser(app), attempt, 1, 1)

    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")
    assert choices_of(attempt) == []
