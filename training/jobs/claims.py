"""Who does a job now: of all processes on all hosts, one."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, false, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training.jobs.job import Job
from training.jobs.models import JobRun

# A job that failed is tried again sooner than one that is done once a day.
AGAIN_AFTER_FAILURE = timedelta(minutes=5)
# No clock is this far from another's. What is due later than that was written before the clock went back.
CLOCKS_APART = timedelta(minutes=10)


def standing_of(session: Session, jobs: list[Job], at: datetime) -> dict[str, bool]:
    """Of each job that has its row: whether it may be claimed now. One statement."""
    is_any = or_(*(is_due(job, at) for job in jobs), false())
    return {name: bool(due) for name, due in session.execute(select(JobRun.name, is_any))}


def introduce(session: Session, job: Job, at: datetime) -> None:
    """Write a new job's row; nothing where another process was first."""
    try:
        with session.begin_nested():
            session.add(JobRun(name=job.name, due_at=at))
    except IntegrityError:
        return


def is_due(job: Job, at: datetime) -> ColumnElement[bool]:
    """Whether its row may be claimed: its time has come, and nobody has it."""
    far = at + CLOCKS_APART
    return (
        (JobRun.name == job.name)
        & or_(JobRun.due_at <= at, JobRun.due_at > far + job.every)
        & or_(JobRun.leased_until.is_(None), JobRun.leased_until <= at, JobRun.leased_until > far + job.lease)
    )


def claim(session: Session, job: Job, worker: str, at: datetime) -> bool:
    """Take `job` for `worker`. Of two who try, one gets it."""
    taken = session.execute(
        update(JobRun)
        .where(is_due(job, at))
        .values(leased_by=worker, leased_until=at + job.lease, started_at=at)
        .returning(JobRun.name)
    )
    return taken.first() is not None


def finish(session: Session, job: Job, worker: str, at: datetime, said: str) -> None:
    """Write down that it is done. Nothing happens where the lease ran out and somebody else has it now."""
    _give_up(session, job, worker, {"finished_at": at, "due_at": at + job.every, "said": said[:250]})


def fail(session: Session, job: Job, worker: str, at: datetime, said: str) -> None:
    """Write down that it failed: it is tried again soon, by whoever comes first."""
    wait = min(job.every, AGAIN_AFTER_FAILURE)
    _give_up(session, job, worker, {"failed_at": at, "due_at": at + wait, "said": said[:250]})


def _give_up(session: Session, job: Job, worker: str, values: dict[str, object]) -> None:
    session.execute(
        update(JobRun)
        .where(JobRun.name == job.name, JobRun.leased_by == worker)
        .values(leased_by=None, leased_until=None, **values)
    )


def note(session: Session, job: Job, at: datetime, *, said: str, failed: bool) -> None:
    """Write down a round of a shared job, which nobody claims."""
    values: dict[str, object] = {"failed_at": at} if failed else {"finished_at": at}
    session.execute(
        update(JobRun)
        .where(JobRun.name == job.name)
        .values(started_at=at, due_at=at + job.every, said=said[:250], **values)
    )
