"""Hundreds of invented step requests: each gets the status that the rules give it, and nothing drifts.

ZANSHIN_FORGERIES=100000 for the long form.
"""

from __future__ import annotations

import os
import random

import pytest
from flask import Flask

from scenarios import NotOnOfferError, replay
from tests.attempts.playing import CALL, Player, choices_of
from training.database import db
from training.library.models import Kind
from training.library.queries import find_published, load_scenario

FORGERIES = int(os.environ.get("ZANSHIN_FORGERIES", "250"))
ODD = ("", "x", "-1", "1e0", "99999", "0x1", "1 ", "½", "None", "1,2")


class Oracle:
    """What must happen, said once more and independently of the code under test.

    The call shows its replies in authored order, so the place of a reply is its rank among those on offer.
    """

    def __init__(self) -> None:
        call = find_published(db.session(), Kind.SCENARIO, CALL)
        self.compiled = load_scenario(db.session(), call.revision_id).compiled
        self.steps: list[int] = []

    def authored(self, step: int, place: int) -> int | None:
        play = replay(self.compiled, self.steps[: step - 1])
        if place == 0:
            return 0 if play.timer else None
        indices = [offer.index for offer in play.offers]
        return indices[place - 1] if place <= len(indices) else None

    def answer(self, step: object, choice: object) -> int:
        """The status that this request must get; the steps grow where it is taken."""
        if not (isinstance(step, int) and isinstance(choice, int)) or step < 1:
            return 422
        if step > len(self.steps) + 1:
            return 409
        if step == len(self.steps) + 1 and replay(self.compiled, self.steps).finished:
            return 409
        said = self.authored(step, choice)
        if said is None:
            return 422
        if step <= len(self.steps):
            return 303 if self.steps[step - 1] == said else 409
        self.steps.append(said)
        return 303


@pytest.mark.slow
def test_invented_requests_get_what_the_rules_say(app: Flask, ana: Player) -> None:
    dice, oracle, attempt = random.Random(FORGERIES), Oracle(), ana.start()
    for _request in range(FORGERIES):
        step: object = dice.choice([*range(6), dice.choice(ODD)])
        choice: object = dice.choice([*range(5), dice.choice(ODD)])

        status = ana.say(attempt, step, choice).status_code

        assert status == oracle.answer(step, choice), (oracle.steps, step, choice)
        if status != 303:
            continue
        assert choices_of(attempt) == oracle.steps
        if replay(oracle.compiled, oracle.steps).finished and dice.random() < 0.3:
            attempt, oracle.steps = ana.start(), []
    assert app.test_cli_runner().invoke(args=["attempts", "verify"]).exit_code == 0


def test_the_oracle_itself_refuses_what_the_engine_refuses(ana: Player) -> None:
    oracle = Oracle()

    with pytest.raises(NotOnOfferError):
        replay(oracle.compiled, [4])
    assert oracle.authored(1, 4) is None
