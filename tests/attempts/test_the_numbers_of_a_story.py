"""A story may count more than temper and minutes: what decides an ending stands on the stage."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.attempts.kettle import KETTLE, NEEDED
from tests.attempts.playing import Player
from tests.library_content import write_content
from tests.people import Cast
from training.clock import now
from training.database import transaction
from training.library.importing import survey
from training.library.service import publish

BUSY = KETTLE.replace("temper: 5 of 10\n", "temper: 5 of 10\n  queue: 3 of 8\n  cold-cups: 0 of 2\n").replace(
    "Own it +2, temper -1, set canary-flag", "Own it +2, temper -1, queue +2, cold-cups +1, set canary-flag"
)


@pytest.fixture
def busy(app: Flask, cast: Cast, tmp_path: Path) -> Player:
    folder = write_content(
        tmp_path / "content",
        {
            **NEEDED,
            "scenarios/the-kettle-that-hums.md": BUSY.replace("pass: 75", "pass: 75\norder: fixed"),
        },
    )
    with transaction() as session:
        for one in survey(folder).built:
            publish(session, one.draft, one.body, now())
    return Player(app, cast.ana)


def test_other_numbers_of_the_story_stand_on_the_stage_and_move(busy: Player) -> None:
    attempt = busy.start("the-kettle-that-hums")
    before = busy.page(attempt)
    busy.says(attempt, 1)
    after = busy.page(attempt)

    assert "Waiting: 3 of 8" in before
    assert "Cold cups: 0 of 2" in before
    assert "Waiting: 5 of 8" in after
    assert "Cold cups: 1 of 2" in after


def test_a_call_without_them_shows_none(ana: Player) -> None:
    assert 'class="gauge"' not in ana.page(ana.start())
