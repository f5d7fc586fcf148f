"""Doing what is due. One job that fails stops no other."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

from flask import Flask

from training.clock import now
from training.database import db, transaction
from training.jobs import claims
from training.jobs.job import Job, jobs_of

logger = logging.getLogger("training")
PAUSE_SECONDS = 2.0
# A shared job's rounds are too many to write each down.
NOTED_EVERY = timedelta(minutes=1)
WAIT_AFTER_FAILURE = timedelta(minutes=1)


def stopping_of(app: Flask) -> threading.Event:
    """Set when this process was told to stop: a long job looks at it between two pieces of work."""
    return cast("threading.Event", app.extensions.setdefault("jobs_stopping", threading.Event()))


class Runner:
    """One process that does jobs, beside any number of others."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.worker = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(6)}"
        self.stopping = stopping_of(app)
        self._own_turn: dict[str, datetime] = {}
        self._noted: dict[str, datetime] = {}

    def run_until_stopped(self, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Do what is due, again and again. A database that is away is waited for."""
        while not self.stopping.is_set() and is_wanted():
            try:
                self.run_due()
            except Exception:  # a loop that ends would stop all mail and every job
                logger.exception("the jobs could not be looked at")
            self.stopping.wait(PAUSE_SECONDS)

    def run_due(self) -> list[str]:
        """Do each job that is due and that nobody else has; returns the names of those that were done."""
        with self.app.app_context():
            due = self._due(now())
        return [job.name for job in due if not self.stopping.is_set() and self._run(job)]

    def _due(self, at: datetime) -> list[Job]:
        jobs = jobs_of(self.app)
        standing = claims.standing_of(db.session(), jobs, at)
        if missing := [job for job in jobs if job.name not in standing]:
            with transaction() as session:
                for job in missing:
                    claims.introduce(session, job, at)
        return [job for job in jobs if self._has_come(job, standing.get(job.name, True), at)]

    def _has_come(self, job: Job, is_due: bool, at: datetime) -> bool:
        if not job.is_shared:
            return is_due
        turn = self._own_turn.get(job.name)
        return turn is None or turn <= at or turn > at + claims.CLOCKS_APART + job.every

    def _run(self, job: Job) -> bool:
        """Whether it was this process that did it, well or badly."""
        with self.app.app_context():
            if not job.is_shared:
                with transaction() as session:
                    if not claims.claim(session, job, self.worker, now()):
                        return False
            self._do(job)
        return True

    def _do(self, job: Job) -> None:
        try:
            result = job.run(now())
        except Exception:
            db.session.rollback()
            reference = secrets.token_hex(4)
            logger.exception("job %s failed, reference %s", job.name, reference)
            self._write_down(job, f"failed, reference {reference}", failed=True)
        else:
            db.session.rollback()
            self._write_down(job, "" if result is None else str(result), failed=False)

    def _write_down(self, job: Job, said: str, *, failed: bool) -> None:
        at = now()
        if job.is_shared:
            self._own_turn[job.name] = at + (max(job.every, WAIT_AFTER_FAILURE) if failed else job.every)
            noted = self._noted.get(job.name)
            if not failed and noted is not None and timedelta(0) <= at - noted < NOTED_EVERY:
                return
            self._noted[job.name] = at
        with transaction() as session:
            if job.is_shared:
                claims.note(session, job, at, said=said, failed=failed)
            elif failed:
                claims.fail(session, job, self.worker, at, said)
            else:
                claims.finish(session, job, self.worker, at, said)
