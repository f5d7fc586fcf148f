"""Say yours first: the replies wait until the learner has said a line of their own."""

from __future__ import annotations

import pytest

from tests.attempts.playing import Player, choices_of, replies_on
from training.accounts.preferences import Preferences, preferences_of, write_preferences
from training.database import db, transaction


@pytest.fixture
def attempt(ana: Player) -> str:
    with transaction() as session:
        write_preferences(session, ana.person_id, Preferences(say_first=True, timed_lines=True))
    return ana.start()


def test_the_replies_are_not_on_the_page_until_they_are_asked_for(ana: Player, attempt: str) -> None:
    page = ana.page(attempt)

    assert "Say aloud what you would say. Nothing is recorded." in page
    assert replies_on(page) == []
    assert "Tell me when it hums." not in page
    assert len(replies_on(ana.page(attempt, "?step=1&show=1"))) == 3


def test_asking_for_the_replies_records_nothing(ana: Player, attempt: str) -> None:
    ana.page(attempt, "?show=1")

    assert choices_of(attempt) == []


def test_they_wait_again_at_the_next_turn(ana: Player, attempt: str) -> None:
    ana.page(attempt, "?step=1&show=1")
    ana.say(attempt, 1, 1)

    assert replies_on(ana.page(attempt, "?step=2")) == []


def test_patience_does_not_run_while_the_replies_are_held_back(ana: Player, attempt: str) -> None:
    ana.say(attempt, 1, 1)

    assert "data-patience" not in ana.page(attempt, "?step=2")
    assert "data-patience" in ana.page(attempt, "?step=2&show=1")


def test_a_pick_that_comes_back_from_the_sign_in_page_is_shown(ana: Player, attempt: str) -> None:
    assert "data-picked" in ana.page(attempt, "?step=1&pick=2")


def test_the_switch_in_a_call_is_kept_for_every_call(ana: Player) -> None:
    attempt = ana.start()
    with transaction() as session:
        write_preferences(session, ana.person_id, Preferences(number_keys=False, pace=2))

    answer = ana.browser.post(f"/attempts/{attempt}/say-first", data={"say_first": "yes", "at": "1"})

    assert (answer.status_code, answer.location) == (303, f"/attempts/{attempt}?step=1")
    db.session.remove()
    assert preferences_of(db.session(), ana.person_id) == Preferences(
        number_keys=False, pace=2, say_first=True
    )
    assert replies_on(ana.page(ana.start("the-kettle-that-hums"))) == []
    ana.browser.post(f"/attempts/{attempt}/say-first", data={"say_first": "no"})
    assert len(replies_on(ana.page(attempt))) == 3


def test_a_switch_that_says_neither_changes_nothing(ana: Player, attempt: str) -> None:
    assert ana.browser.post(f"/attempts/{attempt}/say-first", data={"say_first": "x"}).status_code == 422
    assert replies_on(ana.page(attempt)) == []


def test_it_is_set_for_every_call_on_the_account_s_page(ana: Player) -> None:
    ana.browser.post("/account/preferences", data={"say_first": "y", "pace": "1"})

    assert replies_on(ana.page(ana.start())) == []


def test_the_line_can_be_heard_where_the_script_finds_a_voice(ana: Player) -> None:
    page = ana.page(ana.start())

    assert "data-hear hidden>" in page
