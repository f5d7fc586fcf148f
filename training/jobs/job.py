"""What a feature asks to have done: `add_job(app, Job(…))` in its `register`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from flask import Flask
from sqlalchemy.orm import Session

from training.database import transaction

Work = Callable[[datetime], object]


@dataclass(frozen=True)
class Job:
    """Something to do again and again.

    `run` is called with the present instant, in an application context and outside any transaction;
    `in_transaction(service)` makes one of a service `(session, at)`. What it returns is shown by
    `flask jobs list`. `every` is how long after its end it is due again.

    Of all processes one has a job at a time, for `lease` at most. After that it is another's: one that dies
    takes none with it, and a job must stand being done again. `is_shared`: every process does it, at its own
    pace; only for work that claims its own rows.
    """

    name: str
    every: timedelta
    run: Work
    lease: timedelta = timedelta(minutes=15)
    is_shared: bool = False


def init(app: Flask) -> None:
    app.extensions.setdefault("jobs", {})


def add_job(app: Flask, job: Job) -> None:
    """Have `job` done by whatever runs the jobs. Two of one name would share their turns: refused."""
    jobs = cast("dict[str, Job]", app.extensions.setdefault("jobs", {}))
    if job.name in jobs:
        raise RuntimeError(f"there are two jobs named {job.name}")
    jobs[job.name] = job


def jobs_of(app: Flask) -> list[Job]:
    """Every job, in the order in which they were added."""
    return list(cast("dict[str, Job]", app.extensions["jobs"]).values())


def in_transaction(service: Callable[[Session, datetime], object]) -> Work:
    """`service` in a write transaction of its own, committed when it returns."""

    def work(at: datetime) -> object:
        with transaction() as session:
            return service(session, at)

    return work
