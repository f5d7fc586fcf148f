"""One open call per person, scenario and kind; going back copies, sets aside and loses nothing."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from tests.attempts.playing import CALL, Player, choices_of, find_row
from tests.people import Cast
from training.attempts.models import Attempt, AttemptKind, Step
from training.attempts.starting import start_attempt
from training.clock import now
from training.database import db, transaction
from training.library.models import Kind
from training.library.queries import find_published
from training.viewer import Viewer


def count_attempts() -> int:
    db.session.remove()
    return db.session.scalar(select(func.count()).select_from(Attempt)) or 0


def test_a_call_is_begun_as_practice_unless_said_otherwise(ana: Player) -> None:
    response = ana.begin()

    assert response.status_code == 303
    row = find_row(response.location.rsplit("/", 1)[1])
    assert (row.kind, row.step_count, row.assignment_id, row.team_id) == ("practice", 0, None, None)
    assert len(row.seed) == 32


def test_beginning_again_leads_to_the_open_call(ana: Player) -> None:
    first = ana.start()
    ana.says(first, 1)

    assert ana.start() == first
    assert count_attempts() == 1


def test_two_starts_at_the_same_moment_make_one_open_call(app: Flask, cast: Cast, kettles: None) -> None:
    who = Viewer(cast.ana, "x", "Ana", False, False, False, 1, False)
    both, made = threading.Barrier(2), []

    def begin() -> None:
        with app.app_context():
            call = find_published(db.session(), Kind.SCENARIO, CALL)
            both.wait(5)
            with transaction() as session:
                made.append(start_attempt(session, who, call, AttemptKind.PRACTICE, "0" * 32, now()))
            db.session.remove()

    threads = [threading.Thread(target=begin) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 2
    assert made[0] == made[1]
    assert count_attempts() == 1


def test_a_call_that_is_not_published_is_not_there(ana: Player) -> None:
    assert ana.begin("no-such-call").status_code == 404


@pytest.mark.parametrize("fields", [{"kind": "exam"}, {"kind": ""}, {"from": "x", "after": 0}, {"from": ""}])
def test_a_start_that_makes_no_sense_is_refused(ana: Player, fields: dict[str, str]) -> None:
    assert ana.begin(**fields).status_code == 422
    assert count_attempts() == 0


def test_a_check_needs_an_assignment(ana: Player, omar: Player, assigned: int, cast: Cast) -> None:
    refused = omar.begin(kind="check")
    taken = ana.start(kind="check")

    assert refused.status_code == 409
    assert "Nobody has asked you for a check" in refused.get_data(as_text=True)
    row = find_row(taken)
    assert (row.kind, row.assignment_id, row.team_id) == ("check", assigned, cast.morning_desk)


def test_practice_and_check_of_one_call_are_open_side_by_side(ana: Player, assigned: int) -> None:
    practice, check = ana.start(), ana.start(kind="check")

    assert practice != check
    assert ana.start(kind="check") == check


def test_taking_back_copies_what_was_said_before(ana: Player) -> None:
    first = ana.start()
    ana.says(first, 1, 2)

    second = ana.start(**{"from": first, "after": 1})

    before, after = find_row(first), find_row(second)
    assert before.set_aside_at is not None
    assert choices_of(first) == [1, 2]
    assert (after.origin_id, after.copied_steps, after.step_count) == (before.id, 1, 1)
    assert (after.revision_id, after.seed) == (before.revision_id, before.seed)
    assert choices_of(second) == [1]


def test_pressing_take_back_twice_makes_one(ana: Player) -> None:
    first = ana.start()
    ana.says(first, 1)

    made = [ana.start(**{"from": first, "after": 0}) for _ in range(2)]

    assert made[0] == made[1]
    assert count_attempts() == 2


def test_going_back_to_where_the_call_is_makes_nothing_new(ana: Player) -> None:
    attempt = ana.start()

    assert ana.start(**{"from": attempt, "after": 0}) == attempt
    ana.says(attempt, 1, 2)
    assert ana.start(**{"from": attempt, "after": 2}) == attempt
    assert count_attempts() == 1


def test_playing_on_from_a_finished_call_sets_the_open_one_aside(ana: Player) -> None:
    finished = ana.start()
    ana.says(finished, 1, 1, 1)
    other = ana.start()

    again = ana.start(**{"from": finished, "after": 2})

    assert find_row(other).set_aside_at is not None
    assert find_row(finished).set_aside_at is None
    assert choices_of(again) == [1, 1]


@pytest.mark.parametrize("after", [4, 3, "-1", "x", ""])
def test_a_turn_that_is_not_there_cannot_be_gone_back_to(ana: Player, after: object) -> None:
    finished = ana.start()
    ana.says(finished, 1, 1, 1)

    assert ana.begin(**{"from": finished, "after": after}).status_code == 422
    assert count_attempts() == 1


def test_a_check_has_no_take_back(ana: Player, assigned: int) -> None:
    check = ana.start(kind="check")
    ana.says(check, 1)

    as_practice = ana.begin(kind="practice", **{"from": check, "after": 0})
    as_check = ana.begin(kind="check", **{"from": check, "after": 0})

    assert (as_practice.status_code, as_check.status_code) == (409, 422)
    assert find_row(check).set_aside_at is None
    assert count_attempts() == 1


def test_a_finished_check_can_be_practised_from_any_turn(ana: Player, assigned: int) -> None:
    check = ana.start(kind="check")
    ana.says(check, 1, 1, 1)

    again = ana.start(**{"from": check, "after": 1})

    assert find_row(again).kind == AttemptKind.PRACTICE
    assert (find_row(again).assignment_id, find_row(again).team_id) == (None, None)
    assert find_row(check).finished_at is not None


def test_another_persons_call_cannot_be_played_on(ana: Player, omar: Player) -> None:
    hers = ana.start()
    ana.says(hers, 1)

    assert omar.begin(**{"from": hers, "after": 0}).status_code == 404
    assert find_row(hers).set_aside_at is None


def test_a_call_is_played_on_only_under_its_own_name(ana: Player) -> None:
    mine = ana.start()
    ana.says(mine, 1)

    assert ana.begin("the-kettle-that-hums", **{"from": mine, "after": 0}).status_code == 404


def test_the_database_itself_refuses_a_second_open_call(ana: Player) -> None:
    row = find_row(ana.start())
    twin = Attempt(
        participant_id=row.participant_id,
        scenario_id=row.scenario_id,
        revision_id=row.revision_id,
        seed="0" * 32,
    )
    with pytest.raises(IntegrityError), transaction() as session:
        session.add(twin)
        session.flush()


def test_copied_steps_are_marked_so_that_no_statistic_counts_them(ana: Player) -> None:
    first = ana.start()
    ana.says(first, 1, 2)
    ana.start(**{"from": first, "after": 1})

    own = select(func.count()).select_from(Step).join(Attempt).where(Step.number > Attempt.copied_steps)

    db.session.remove()
    assert db.session.scalar(own) == 2
