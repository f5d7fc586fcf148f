"""A mailing whose senders are killed: the short form of `python -m tests.faults.mail`."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.faults.mail import run

RECIPIENTS = 300


@pytest.mark.slow
def test_nobody_gets_it_twice_nobody_is_lost_and_the_uncertain_are_named(app: Flask) -> None:
    verdict = run(app, RECIPIENTS, seed=5, pause=(0.1, 0.5))

    assert verdict.is_clean, str(verdict)
    assert sum(verdict.states.values()) == RECIPIENTS
    assert verdict.states.keys() <= {"sent", "failed", "uncertain", "suppressed"}
    assert len(verdict.uncertain) <= verdict.kills + 3
    assert verdict.kills
