"""The server is killed between an answer and its page, again and again: nothing said is lost or doubled.

Five kills in the suite; ZANSHIN_KILLS=200 for the long form.
"""

from __future__ import annotations

import http.client
import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from select import select as wait_for

import pytest
from flask import Flask
from sqlalchemy import select

from scenarios import replay
from tests.attempts.playing import CALL, choices_of
from tests.attempts.serving import Caller, Server
from tests.people import Cast
from training.accounts.models import Person
from training.accounts.sessions import begin_session
from training.attempts.models import Attempt
from training.clock import now
from training.database import db, transaction
from training.library.models import Kind
from training.library.queries import find_published, load_scenario

KILLS = int(os.environ.get("ZANSHIN_KILLS", "5"))
# Seconds: before the request was read, while it is judged and written, or just after its answer came.
WAITS = (0.01, 0.06, 2.0)


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    server = Server(database_url, tmp_path)
    yield server
    server.close()


@pytest.fixture
def caller(server: Server, cast: Cast, kettles: None) -> Caller:
    with transaction() as session:
        secret = begin_session(session, session.get_one(Person, cast.ana), now(), shared=False)
    db.session.remove()
    return Caller(server, secret)


class Ledger:
    """What was said on each attempt, and whether the server had acknowledged it when it was killed."""

    def __init__(self) -> None:
        self.said: dict[str, list[int]] = {}
        self.kinds: Counter[str] = Counter()

    def check(self, attempt: str, pending: int | None) -> None:
        """All that was acknowledged is there, once; what was not is there once or not at all."""
        stored, sure = choices_of(attempt), self.said[attempt]
        assert stored in (sure, [*sure, pending]), (stored, sure, pending)
        if pending is not None:
            self.kinds["kept, unacknowledged" if len(stored) > len(sure) else "never arrived"] += 1


def answered(connection: http.client.HTTPConnection) -> bool:
    """Whether the 303 came through before the server died."""
    try:
        return connection.getresponse().status == 303
    except (OSError, http.client.HTTPException):
        return False


def begin(caller: Caller) -> str:
    caller.get(f"/scenarios/{CALL}")
    status, location = caller.post(f"/scenarios/{CALL}/attempts", kind="practice")
    assert status == 303
    return location.rsplit("/", 1)[1]


@pytest.mark.slow
def test_a_killed_server_loses_and_doubles_nothing(app: Flask, server: Server, caller: Caller) -> None:
    dice, ledger, attempt = random.Random(KILLS), Ledger(), ""
    compiled = load_scenario(
        db.session(), find_published(db.session(), Kind.SCENARIO, CALL).revision_id
    ).compiled
    for _kill in range(KILLS):
        server.start()
        attempt = attempt or begin(caller)
        caller.get(f"/attempts/{attempt}")
        steps = ledger.said.setdefault(attempt, [])
        offers = replay(compiled, steps).offers
        place = dice.randint(1, len(offers))
        say_and_kill(
            caller, attempt, place, offers[place - 1].index, ledger, dice.choice(WAITS) * dice.random()
        )
        attempt = "" if replay(compiled, steps).finished else attempt
    print(f"\n{KILLS} kills: {dict(ledger.kinds)}")
    assert sum(ledger.kinds.values()) == KILLS
    for attempt_id, steps in ledger.said.items():
        assert choices_of(attempt_id) == steps
    assert app.test_cli_runner().invoke(args=["attempts", "verify"]).exit_code == 0
    unknown = select(Attempt.public_id).where(Attempt.public_id.not_in(ledger.said))
    assert not list(db.session.scalars(unknown))


def say_and_kill(caller: Caller, attempt: str, place: int, choice: int, ledger: Ledger, wait: float) -> None:
    """Say it, kill the server a moment later, look; where no answer came, say it again on the next server."""
    path, steps = f"/attempts/{attempt}/steps", ledger.said[attempt]
    fields = {"step": len(steps) + 1, "choice": place}
    with closing(caller.send(path, **fields)) as connection:
        wait_for([connection.sock], [], [], wait)  # the answer, or the moment to kill, whichever comes first
        caller.server.kill()
        if answered(connection):
            ledger.kinds["acknowledged"] += 1
            steps.append(choice)
            return ledger.check(attempt, None)
    ledger.check(attempt, choice)
    caller.server.start()
    caller.get(f"/attempts/{attempt}")
    assert caller.post(path, **fields)[0] == 303
    steps.append(choice)
    caller.server.kill()
    return ledger.check(attempt, None)
