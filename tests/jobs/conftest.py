"""What the tests of jobs share: a clock that is told to go on, and a job that counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.mail.conftest import Hand
from training import clock
from training.jobs import Job, add_job


class Counting:
    """Work that notes when it was done, and fails when it is told to."""

    def __init__(self) -> None:
        self.done: list[datetime] = []
        self.fails = False

    def __call__(self, at: datetime) -> str:
        self.done.append(at)
        if self.fails:
            raise RuntimeError("on purpose")
        return f"{len(self.done)} done"


@pytest.fixture
def time() -> Iterator[Hand]:
    hand = Hand()
    with clock.running(hand):
        yield hand


@pytest.fixture
def work(app: Flask) -> Counting:
    """What the job “hourly” does."""
    counting = Counting()
    app.extensions["jobs"].clear()
    add_job(app, Job("hourly", every=timedelta(hours=1), run=counting))
    return counting
