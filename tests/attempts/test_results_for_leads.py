"""What leads read: finished checks, the first try kept apart. Practice is in none of it."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.attempts.conftest import item_id
from tests.attempts.playing import CALL, Player
from tests.people import Cast
from training.attempts.queries import check_results, passed_checks, shown
from training.database import db


def test_the_first_finished_try_is_kept_beside_the_latest(ana: Player, assigned: int, cast: Cast) -> None:
    first = ana.start(kind="check")
    ana.says(first, 1, 2, 1)
    second = ana.start(kind="check")
    ana.says(second, 1, 1, 1)

    (result,) = check_results(db.session(), cast.morning_desk)

    assert (result.person_name, result.slug, result.tries, result.passed) == ("Ana Duarte", CALL, 2, True)
    assert (result.first.public_id, result.first.percent, result.first.passed) == (first, 71, False)
    assert (result.latest.public_id, result.latest.percent, result.latest.passed) == (second, 100, True)


def test_practice_is_in_no_result(ana: Player, assigned: int, cast: Cast) -> None:
    practised = ana.start()
    ana.says(practised, 1, 1, 1)

    assert check_results(db.session(), cast.morning_desk) == ()
    assert passed_checks(db.session(), [cast.ana], [item_id()]) == frozenset()


def test_a_check_counts_only_when_it_is_finished(ana: Player, assigned: int, cast: Cast) -> None:
    check = ana.start(kind="check")
    ana.says(check, 1, 1)

    assert check_results(db.session(), cast.morning_desk) == ()
    ana.say(check, 3, 1)
    assert passed_checks(db.session(), [cast.ana], [item_id()]) == {(cast.ana, item_id())}


def test_practice_after_a_failed_check_passes_nothing(ana: Player, assigned: int, cast: Cast) -> None:
    check = ana.start(kind="check")
    ana.says(check, 1, 2, 1)
    again = ana.start(**{"from": check, "after": 1})
    ana.say(again, 2, 1)
    ana.say(again, 3, 1)

    (result,) = check_results(db.session(), cast.morning_desk)

    assert (result.tries, result.latest.percent, result.passed) == (1, 71, False)
    assert passed_checks(db.session(), [cast.ana], [item_id()]) == frozenset()


def test_another_team_reads_nothing(ana: Player, assigned: int, cast: Cast) -> None:
    check = ana.start(kind="check")
    ana.says(check, 1, 1, 1)

    assert check_results(db.session(), cast.night_desk) == ()
    assert passed_checks(db.session(), [cast.omar], [item_id()]) == frozenset()
    assert passed_checks(db.session(), [], []) == frozenset()


@pytest.mark.parametrize(("percent", "whole"), [(71.42857, 71), (0.5, 1), (66.5, 67), (100.0, 100), (0, 0)])
def test_percentages_are_whole_half_up(app: Flask, percent: float, whole: int) -> None:
    assert shown(percent) == whole
