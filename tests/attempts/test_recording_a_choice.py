"""A step is recorded once, whatever the browser, the network or a second tab does."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tests.attempts.playing import Player, choices_of, find_row, replies_on
from training.attempts.models import Step
from training.database import db


@pytest.fixture
def attempt(ana: Player) -> str:
    return ana.start()


def test_a_reply_is_recorded_and_leads_back_to_the_call(ana: Player, attempt: str) -> None:
    response = ana.say(attempt, 1, 2)

    assert (response.status_code, response.location) == (303, f"/attempts/{attempt}")
    assert choices_of(attempt) == [2]
    assert find_row(attempt).step_count == 1


def test_a_double_click_counts_once(ana: Player, attempt: str) -> None:
    first, second = ana.say(attempt, 1, 1), ana.say(attempt, 1, 1)

    assert (first.status_code, second.status_code) == (303, 303)
    assert choices_of(attempt) == [1]


def test_a_reload_after_several_turns_changes_nothing(ana: Player, attempt: str) -> None:
    ana.says(attempt, 1, 2)

    assert ana.say(attempt, 1, 1).status_code == 303
    assert choices_of(attempt) == [1, 2]


def test_another_reply_to_an_answered_turn_is_refused_with_the_way_on(ana: Player, attempt: str) -> None:
    ana.say(attempt, 1, 1)

    response = ana.say(attempt, 1, 2)

    assert response.status_code == 409
    page = response.get_data(as_text=True)
    assert "already answered this in another tab" in page
    assert f'href="/attempts/{attempt}"' in page
    assert choices_of(attempt) == [1]


def test_a_step_that_is_not_there_yet_is_refused(ana: Player, attempt: str) -> None:
    assert ana.say(attempt, 2, 1).status_code == 409
    assert choices_of(attempt) == []


@pytest.mark.parametrize(
    ("step", "choice"),
    [
        (1, 4),
        (1, 0),
        (1, 99),
        (0, 1),
        ("", 1),
        (1, ""),
        ("one", 1),
        (1, "-1"),
        (1, "1.0"),
        (1, " 1"),
        (1, "١"),
        (1, "9" * 400),
        ("1\0", 1),
    ],
)
def test_what_is_not_on_offer_or_not_a_number_is_refused(
    ana: Player, attempt: str, step: object, choice: object
) -> None:
    assert ana.say(attempt, step, choice).status_code == 422
    assert choices_of(attempt) == []


def test_a_missing_or_doubled_field_is_refused(ana: Player, attempt: str) -> None:
    path = f"/attempts/{attempt}/steps"

    assert ana.browser.post(path, data={"step": 1}).status_code == 422
    assert ana.browser.post(path, data={"choice": 1}).status_code == 422
    assert ana.browser.post(path, data={"step": 1, "choice": ["1", "2"]}).status_code == 422
    assert choices_of(attempt) == []


def test_nothing_but_the_two_numbers_is_believed(ana: Player, attempt: str) -> None:
    forged = {
        "step": 1,
        "choice": 2,
        "scene": "canary-last-scene",
        "points": 100,
        "passed": 1,
        "kind": "check",
    }

    assert ana.browser.post(f"/attempts/{attempt}/steps", data=forged).status_code == 303
    row = find_row(attempt)
    assert (row.kind, row.percent, row.passed, choices_of(attempt)) == ("practice", None, None, [2])


def test_the_place_shown_is_stored_as_the_authored_choice(ana: Player) -> None:
    """Shuffled replies: whatever is shown first is recorded under its own number."""
    authored = ["Tell me when it hums.", "Kettles hum.", "I can send a form."]
    for _turn in range(6):
        attempt = ana.start("the-kettle-that-hums")
        shown = replies_on(ana.page(attempt))
        ana.say(attempt, 1, 1)
        recorded = choices_of(attempt)[0]
        assert authored[recorded - 1] in shown[0]
        ana.browser.post(
            "/scenarios/the-kettle-that-hums/attempts", data={"from": attempt, "after": 0, "kind": "practice"}
        )


def test_a_reply_with_an_unmet_condition_cannot_be_forged(ana: Player, attempt: str) -> None:
    ana.say(attempt, 1, 2)  # the flag stays off, so two of the three replies are on offer

    assert ana.say(attempt, 2, 3).status_code == 422
    assert ana.say(attempt, 2, 1).status_code == 303
    assert choices_of(attempt) == [2, 2]


def test_silence_is_taken_only_where_the_scene_has_a_timer(ana: Player, attempt: str) -> None:
    assert ana.say(attempt, 1, 0).status_code == 422
    ana.say(attempt, 1, 1)
    assert ana.say(attempt, 2, 0).status_code == 303

    row = find_row(attempt)
    assert choices_of(attempt) == [1, 0]
    assert (row.ending, row.passed) == ("failure", False)


def test_the_result_is_stored_with_the_last_step(ana: Player, attempt: str) -> None:
    ana.says(attempt, 1, 1)
    assert find_row(attempt).finished_at is None

    ana.say(attempt, 3, 1)

    row = find_row(attempt)
    assert row.finished_at is not None
    assert (row.ending, row.percent, row.passed, row.step_count) == ("success", 100.0, True, 3)


def test_a_finished_call_takes_no_more_and_says_where_it_stands(ana: Player, attempt: str) -> None:
    ana.says(attempt, 1, 1, 1)

    refused = ana.say(attempt, 4, 1)

    assert refused.status_code == 409
    assert f'href="/attempts/{attempt}"' in refused.get_data(as_text=True)
    assert ana.say(attempt, 3, 1).status_code == 303  # the last reply said again: its answer had been lost
    assert choices_of(attempt) == [1, 1, 1]


def test_a_call_that_was_set_aside_says_where_it_goes_on(ana: Player, attempt: str) -> None:
    ana.says(attempt, 1, 2)
    live = ana.start(kind="practice", **{"from": attempt, "after": 1})

    refused = ana.say(attempt, 3, 1)

    assert refused.status_code == 409
    assert f'href="/attempts/{live}"' in refused.get_data(as_text=True)
    assert choices_of(attempt) == [1, 2]


def test_somebody_elses_call_is_not_there(ana: Player, omar: Player, attempt: str) -> None:
    for step, choice in ((1, 1), (1, "x"), (7, 1)):
        assert omar.say(attempt, step, choice).status_code == 404
    assert omar.browser.get(f"/attempts/{attempt}").status_code == 404
    assert omar.browser.get(f"/attempts/{attempt}/debrief").status_code == 404
    assert choices_of(attempt) == []


def test_a_call_that_does_not_exist_is_not_there(ana: Player, attempt: str) -> None:
    assert ana.say("2" * 16, 1, 1).status_code == 404


def test_a_form_without_its_token_is_refused(ana: Player, attempt: str) -> None:
    response = ana.browser.post_bare(f"/attempts/{attempt}/steps", data={"step": 1, "choice": 1})

    assert response.status_code == 400
    assert choices_of(attempt) == []


def test_step_numbers_are_unique_whatever_the_code_does(ana: Player, attempt: str) -> None:
    ana.says(attempt, 1, 2)
    pairs = select(Step.attempt_id, Step.number).group_by(Step.attempt_id, Step.number)

    doubled = db.session.scalar(select(func.count()).select_from(pairs.having(func.count() > 1).subquery()))

    assert doubled == 0
