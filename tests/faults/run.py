"""One run: learners play while things are killed; then the oracle judges."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask

from tests.faults.client import Client
from tests.faults.learner import Learner
from tests.faults.oracle import Verdict, judge
from tests.faults.server import Server
from training.accounts.models import Person
from training.accounts.sessions import begin_session
from training.clock import now
from training.database import db, transaction
from training.library.models import Kind
from training.library.queries import list_published

# Something to hurt, told the seconds since the beginning; returns what it did, or "" for nothing.
Harm = Callable[[random.Random], str]


@dataclass(frozen=True)
class Plan:
    """How long, how many, and how hard."""

    seconds: float
    learners: int
    seed: int
    pause: tuple[float, float]


def people(app: Flask, count: int) -> list[str]:
    """Learners with a signed-in browser each; the secrets of their sessions."""
    with app.app_context(), transaction() as session:
        secrets = []
        for number in range(count):
            person = Person(name=f"Learner {number}", email=f"learner{number}@example.invalid")
            session.add(person)
            session.flush()
            secrets.append(begin_session(session, person, now(), shared=False))
    return secrets


def slugs(app: Flask) -> list[str]:
    with app.app_context():
        found = [one.slug for one in list_published(db.session(), Kind.SCENARIO)]
        db.session.remove()
    return found


def run(app: Flask, server: Server, plan: Plan, harms: list[Harm]) -> Verdict:
    """Play for so long while `harms` are done one after another, at random; then let it settle, and judge."""
    dice, others = random.Random(plan.seed), list[str]()
    scenarios = slugs(app)
    learners = [
        Learner(Client(server.port, secret), scenarios, others, random.Random(plan.seed * 1000 + number))
        for number, secret in enumerate(people(app, plan.learners))
    ]
    stop = threading.Event()
    threads = [threading.Thread(target=learner.play_until, args=(stop,)) for learner in learners]
    for thread in threads:
        thread.start()
    done: list[str] = []
    memory: list[float] = []
    end = time.monotonic() + plan.seconds
    try:
        while time.monotonic() < end:
            time.sleep(dice.uniform(*plan.pause))
            memory.append(server.memory_mb())
            if harms and (what := dice.choice(harms)(dice)):
                done.append(what)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    with app.app_context():
        verdict = judge(db.engine, [learner.ledger for learner in learners])
    verdict.memory = memory
    verdict.waits = [wait for learner in learners for wait in learner.client.waits]
    for what in done:
        verdict.counts[what] += 1
    return verdict
