"""How the jobs are doing: for whoever runs the site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.jobs.job import Job
from training.jobs.models import JobRun

# Longer than a restart takes; and a job may come second when another takes its time.
GRACE = timedelta(minutes=15)


@dataclass(frozen=True)
class JobStanding:
    """One job: when it was done, and whether it should have been done since."""

    name: str
    every: timedelta
    finished_at: datetime | None
    failed_at: datetime | None
    due_at: datetime | None
    runs_at: str
    said: str
    is_late: bool

    @property
    def fails(self) -> bool:
        """Its last round failed."""
        return self.failed_at is not None and (self.finished_at is None or self.failed_at > self.finished_at)

    def __str__(self) -> str:
        done = f"done {self.finished_at:%Y-%m-%d %H:%M}" if self.finished_at else "never done"
        parts = [done]
        if self.runs_at:
            parts.append(f"running now ({self.runs_at})")
        elif self.due_at:
            parts.append(f"due {self.due_at:%Y-%m-%d %H:%M}")
        parts += ["LATE"] if self.is_late else []
        parts += ["FAILS"] if self.fails else []
        parts += [self.said] if self.said else []
        return f"{self.name:24} " + ", ".join(parts)


def list_standings(session: Session, jobs: list[Job], at: datetime) -> list[JobStanding]:
    """Every job, in the order in which they were added; one statement."""
    rows = {row.name: row for row in session.scalars(select(JobRun))}
    return [_standing(job, rows.get(job.name), at) for job in jobs]


def _standing(job: Job, row: JobRun | None, at: datetime) -> JobStanding:
    if row is None:
        return JobStanding(job.name, job.every, None, None, None, "", "", is_late=True)
    has_lease = row.leased_until is not None and row.leased_until > at
    return JobStanding(
        name=job.name,
        every=job.every,
        finished_at=row.finished_at,
        failed_at=row.failed_at,
        due_at=row.due_at,
        runs_at=(row.leased_by or "").rsplit(":", 1)[0] if has_lease else "",
        said=row.said,
        is_late=not has_lease and row.due_at < at - GRACE,
    )
