"""After a check: what slipped and what trains it, and how to be given another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from scenarios import Band
from tests.attempts.conftest import item_id
from tests.attempts.playing import CALL, Player
from tests.people import Cast
from training.assignments.models import Assignment, CheckAllowance
from training.attempts.what_next import slipped
from training.clock import now
from training.database import transaction

FAILED, PASSED = (1, 2, 1), (1, 1, 1)


def check(ana: Player, choices: tuple[int, ...]) -> str:
    attempt = ana.start(kind="check")
    ana.says(attempt, *choices)
    return attempt


def allow_a_new_one(assignment_id: int, person_id: int) -> None:
    with transaction() as session:
        session.add(
            CheckAllowance(
                assignment_id=assignment_id,
                person_id=person_id,
                scenario_id=item_id(),
                allowed_at=now() + timedelta(seconds=1),
            )
        )


def today(ana: Player) -> str:
    return ana.browser.get("/").get_data(as_text=True)


def test_one_that_failed_says_what_slipped_and_what_trains_it(ana: Player, assigned: int) -> None:
    page = ana.debrief(check(ana, FAILED))

    assert "What slipped was <b>Redirect</b>." in page
    assert 'href="#next"' in page
    after = page.split('id="next"')[1]
    assert '<a href="/scenarios/the-kettle-that-hums">The kettle that hums</a>' in after
    assert f'href="/scenarios/{CALL}"' not in after, "the call just played is not another one"


def test_one_that_failed_may_be_taken_again_at_once(ana: Player, assigned: int) -> None:
    page = ana.debrief(check(ana, FAILED))

    assert "You may take the check again whenever you are ready" in page
    assert "Take the check again" in page
    assert ana.begin(kind="check").status_code == 303


def test_one_that_nobody_asks_for_any_more_names_whom_to_ask(ana: Player, assigned: int) -> None:
    attempt = check(ana, FAILED)
    with transaction() as session:
        session.execute(update(Assignment).values(withdrawn_at=now()))

    page = ana.debrief(attempt)

    assert "Nobody asks you for this check any more." in page
    assert "Who to ask: Ben Okafor (Morning desk)." in page
    assert "Take the check again" not in page


def test_one_that_passed_is_done_until_a_lead_allows_another(ana: Player, assigned: int, cast: Cast) -> None:
    attempt = check(ana, PASSED)
    assert "your lead can allow it. Who to ask: Ben Okafor (Morning desk)." in ana.debrief(attempt)
    assert "A new check for you" not in today(ana)

    allow_a_new_one(assigned, cast.ana)

    assert "Take the new check" in ana.debrief(attempt)
    assert (
        f'<a href="/scenarios/{CALL}">The kettle in order</a>' in today(ana).split("A new check for you")[1]
    )


def test_a_new_check_that_was_passed_is_no_longer_on_today(ana: Player, assigned: int, cast: Cast) -> None:
    check(ana, PASSED)
    allow_a_new_one(assigned, cast.ana)
    with transaction() as session:
        session.execute(update(CheckAllowance).values(allowed_at=now()))
    check(ana, PASSED)

    assert "A new check for you" not in today(ana)


@pytest.mark.parametrize("whose", ["omar", "ben"])
def test_nobody_else_has_it_on_their_page(ana: Player, assigned: int, cast: Cast, whose: str) -> None:
    check(ana, PASSED)
    allow_a_new_one(assigned, cast.ana)
    other = Player(ana.browser.app, getattr(cast, whose))

    assert "A new check for you" not in today(other)


def test_the_worst_comes_first_and_two_are_enough() -> None:
    skills: list[tuple[str, list[Band]]] = [
        ("a", ["strong"]),
        ("b", ["fair"]),
        ("c", ["weak", "fair"]),
        ("d", ["weak"]),
    ]

    assert slipped(skills) == ["c", "d"]
