"""The coach speaks after each reply or at the end: as the assignment says, then as the scenario does."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from scenarios import shown_order, start
from tests.attempts.playing import CALL, Player, find_row
from training.assignments.models import Assignment, Coaching
from training.database import db, transaction
from training.library.queries import load_scenario

SUGGESTED = "the-kettle-that-hums"
NOTE = "data-coach"


def say_of_coaching(assignment_id: int, coaching: Coaching | None) -> None:
    with transaction() as session:
        session.execute(update(Assignment).where(Assignment.id == assignment_id).values(coaching=coaching))


def after_one_reply(player: Player, slug: str = CALL, **fields: str) -> str:
    """The page after the reply that was authored first: one call shuffles, and not every reply has a note."""
    attempt = player.start(slug, **fields)
    row = find_row(attempt)
    first = start(load_scenario(db.session(), row.revision_id).compiled)
    shown = [offer.index for offer in shown_order(first, row.seed)]
    player.says(attempt, shown.index(1) + 1)
    return player.page(attempt)


def test_without_an_assignment_the_scenario_decides(ana: Player) -> None:
    assert NOTE in after_one_reply(ana)


@pytest.mark.parametrize("slug", [CALL, SUGGESTED])
@pytest.mark.parametrize(("coaching", "speaks"), [(None, True), (Coaching.NOW, True), (Coaching.END, False)])
def test_an_assignment_decides_for_its_calls(
    ana: Player, assigned: int, coaching: Coaching | None, speaks: bool, slug: str
) -> None:
    """Whether its module asks for the call as a check or suggests it as practice."""
    say_of_coaching(assigned, coaching)

    assert (NOTE in after_one_reply(ana, slug)) == speaks


def test_it_decides_for_nobody_who_is_not_asked(ana: Player, omar: Player, assigned: int) -> None:
    say_of_coaching(assigned, Coaching.END)

    assert NOTE in after_one_reply(omar)


def test_a_call_goes_on_as_it_began(ana: Player, assigned: int) -> None:
    say_of_coaching(assigned, Coaching.END)
    attempt = ana.start()
    say_of_coaching(assigned, Coaching.NOW)
    ana.says(attempt, 1)

    assert NOTE not in ana.page(attempt)
    again = ana.start(**{"from": attempt, "after": 0})
    ana.says(again, 1)
    assert NOTE not in ana.page(again), "what is played on from it goes on likewise"


def test_a_check_is_silent_whatever_is_said(ana: Player, assigned: int) -> None:
    say_of_coaching(assigned, Coaching.NOW)

    assert NOTE not in after_one_reply(ana, kind="check")


def test_what_was_held_back_is_in_the_debrief(ana: Player, assigned: int) -> None:
    say_of_coaching(assigned, Coaching.END)
    attempt = ana.start()
    ana.says(attempt, 1, 2, 1)

    assert find_row(attempt).coaching == "end"
    assert "Canary coach praises the question." in ana.debrief(attempt)


@pytest.mark.parametrize(
    ("coaching", "words"), [(Coaching.NOW, "after each reply"), (Coaching.END, "when the call is over")]
)
def test_the_door_says_when(ana: Player, assigned: int, coaching: Coaching, words: str) -> None:
    say_of_coaching(assigned, coaching)

    page = ana.browser.get(f"/scenarios/{CALL}").get_data(as_text=True)

    assert f"<dt>Coaching</dt><dd>{words}</dd>" in page
