"""The debrief explains every decision: what was said, what it cost, what would have followed."""

from __future__ import annotations

import pytest

from tests.attempts.playing import Player, choices_of


@pytest.fixture
def attempt(ana: Player) -> str:
    """Heard her, promised to look into it, and cleared the table: one weak reply in three turns."""
    attempt = ana.start()
    ana.says(attempt, 1, 2, 1)
    return attempt


def test_the_headline_says_how_the_call_ended(ana: Player, attempt: str) -> None:
    page = ana.debrief(attempt)

    assert "Petra sleeps through on Thursday</h1>" in page
    assert "The night is quiet." in page


def test_decisions_are_counted_in_bands(ana: Player, attempt: str) -> None:
    page = ana.debrief(attempt)

    assert '<dt>Strong</dt><dd class="tally__count is-strong num">2</dd>' in page
    assert '<dt>Fair</dt><dd class="tally__count is-fair num">0</dd>' in page
    assert '<dt>Weak</dt><dd class="tally__count is-weak num">1</dd>' in page


def test_each_decision_tells_what_was_said_and_thought_and_what_it_cost(ana: Player, attempt: str) -> None:
    page = ana.debrief(attempt)

    assert "Canary thought at the start." in page
    assert "Canary thought of one who is heard." in page
    assert "Canary coach praises the question." in page
    assert "I shall look into it." in page
    assert "This reply cost 2 of the 7 that the call could earn." in page
    assert page.count('class="decision"') == 3


def test_a_stronger_line_comes_with_what_would_have_followed(ana: Player, attempt: str) -> None:
    stronger = ana.debrief(attempt).split("A stronger line")[1]

    assert "A new one is with you on Thursday." in stronger
    assert "Thursday will do." in stronger


def test_trying_again_from_a_decision_begins_practice_at_that_turn(ana: Player, attempt: str) -> None:
    page = ana.debrief(attempt)

    assert "Try again from turn 2" in page
    again = ana.start(**{"kind": "practice", "from": attempt, "after": 1})
    assert choices_of(again) == [1]


def test_a_percentage_stands_only_where_a_pass_is_at_stake(ana: Player, assigned: int) -> None:
    practised, checked = ana.start(), ana.start(kind="check")
    ana.says(practised, 1, 1, 1)
    ana.says(checked, 1, 2, 1)

    assert "%</" not in ana.debrief(practised)
    assert "passes" not in ana.debrief(practised)
    page = ana.debrief(checked)
    assert "This check is not passed yet." in page
    assert "Your result is 71%; 75% passes" in page


def test_last_time_stands_beside_this_time(ana: Player, attempt: str) -> None:
    again = ana.start(**{"from": attempt, "after": 1})
    ana.say(again, 2, 1)
    ana.say(again, 3, 1)

    page = ana.debrief(again)

    assert "Last time" not in ana.debrief(attempt)
    assert "Last time" in page
    assert "2 strong, 0 fair, 1 weak" in page


def test_what_begins_from_a_check_is_called_practice(ana: Player, assigned: int) -> None:
    checked = ana.start(kind="check")
    ana.says(checked, 1, 2, 1)

    page = ana.debrief(checked)

    assert "Practise from turn 2" in page
    assert "Practise from the start" in page
    assert "Try again" not in page


def test_a_passed_check_says_so_and_who_sees_it(ana: Player, assigned: int) -> None:
    checked = ana.start(kind="check")
    ana.says(checked, 1, 1, 1)

    page = ana.debrief(checked)

    assert "You passed this check." in page
    assert "Nobody reads your replies unless you share them." in page


def test_skills_are_shown_moment_by_moment_by_their_names(ana: Player, attempt: str) -> None:
    page = ana.debrief(attempt)

    assert "Skills in this call" in page
    assert "Own it" in page
    assert "Redirect" in page


def test_the_temper_is_drawn_turn_by_turn_beside_the_best_call(ana: Player, attempt: str) -> None:
    page = ana.debrief(attempt)

    assert 'class="chart"' in page
    assert 'href="#turn-3"' in page
    assert "The turning point is turn 2." in page


def test_a_lesson_is_offered_next(ana: Player, attempt: str) -> None:
    assert '<a href="/tips/it-is-not-personal">It is not personal</a>' in ana.debrief(attempt)


def test_a_hard_ending_comes_with_a_minute_to_breathe(ana: Player) -> None:
    attempt = ana.start()
    ana.says(attempt, 1, 0)

    page = ana.debrief(attempt)

    assert "Petra hangs up on a hum" in page
    assert "Take a minute." in page
    assert "You said nothing." in page


def test_a_call_that_goes_on_has_no_debrief_yet(ana: Player) -> None:
    attempt = ana.start()

    response = ana.browser.get(f"/attempts/{attempt}/debrief")

    assert (response.status_code, response.location) == (303, f"/attempts/{attempt}")
