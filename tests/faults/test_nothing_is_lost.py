"""Learners play while the server's workers and the database's connections are killed: 0 lost, doubled, wrong.

The short form of `make soak`, on the shipped server and the shipped content.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tests.faults.harms import fill_the_disk, hang_the_mail, hold_the_lock, turn_the_clock
from tests.faults.ledger import Ledger
from tests.faults.mail_server import Misbehaving, misbehaving
from tests.faults.oracle import judge
from tests.faults.run import Plan, run
from tests.faults.server import Server
from training.database import db

SHORT = Plan(seconds=12, learners=6, seed=9, pause=(0.4, 1.2))


@pytest.fixture
def mail() -> Iterator[tuple[Misbehaving, str]]:
    with misbehaving() as server:
        yield server


@pytest.fixture
def server(
    app: Flask, published: None, database_url: str, mail: tuple[Misbehaving, str], tmp_path: Path
) -> Iterator[Server]:
    db.session.remove()
    server = Server(database_url, tmp_path, smtp_url=mail[1])
    server.start()
    yield server
    server.stop()


@pytest.mark.slow
def test_nothing_said_is_lost_doubled_or_forged_while_workers_are_killed(
    app: Flask, server: Server, mail: tuple[Misbehaving, str]
) -> None:
    def kill_a_worker(dice: random.Random) -> str:
        return "workers killed" if server.kill_a_worker(dice) else ""

    def cut_the_database(_dice: random.Random) -> str:
        if db.engine.dialect.name != "postgresql":
            return ""
        with db.engine.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        return "connections cut"

    gentle = [hold_the_lock(db.engine), fill_the_disk(server), turn_the_clock(server)]
    gentle.append(hang_the_mail(app, mail[0]))
    verdict = run(app, server, SHORT, [kill_a_worker, kill_a_worker, cut_the_database, *gentle])

    mail[0].hangs.clear()
    print(f"\n{verdict}")
    assert (verdict.lost, verdict.doubled, verdict.wrong) == ([], [], [])
    assert verdict.counts["acknowledged"] > 0
    assert verdict.counts["workers killed"] > 0
    assert max(mail[0].taken.values(), default=0) <= 1


def test_the_oracle_sees_what_must_never_happen(app: Flask, published: None) -> None:
    ledger = Ledger()
    ledger.acknowledged("0123456789abcdef", 1, 1)

    assert judge(db.engine, [ledger]).lost == ["0123456789abcdef: the whole attempt"]
