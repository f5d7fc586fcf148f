"""A worker forked from the process that prepared the database opens connections of its own."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.connection import Connection
from typing import cast

from flask import Flask
from sqlalchemy import QueuePool, text

from training.database import db


def kept() -> int:
    return cast("QueuePool", db.engine.pool).checkedin()


def work(app: Flask, line: Connection) -> None:
    """What a worker does first; its answer goes back through `line`. Ends without the parent's clean-up."""
    with app.app_context():
        inherited = kept()
        answer = db.session.execute(text("SELECT 1")).scalar()
        line.send((inherited, answer))
    os._exit(0)


def test_a_worker_inherits_no_connection_and_the_parent_keeps_its_own(app: Flask) -> None:
    db.session.execute(text("SELECT 1"))
    db.session.remove()
    assert kept() == 1
    mine, theirs = multiprocessing.Pipe()

    worker = multiprocessing.get_context("fork").Process(target=work, args=(app, theirs))
    worker.start()

    assert mine.poll(30)
    assert mine.recv() == (0, 1)
    worker.join(30)
    assert db.session.execute(text("SELECT 1")).scalar() == 1
    mine.close()
    theirs.close()
