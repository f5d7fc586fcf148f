"""Is what is in a copy right? Every call is replayed and the audit log's chain is walked, in the copy."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from training.accounts import audit
from training.attempts.models import Step
from training.attempts.verifying import verify_attempts
from training.database import Base, schema_problem
from training.errors import UnavailableError

MOST_NAMED = 5


@dataclass(frozen=True)
class Checked:
    """What a check found. `damage`: not a database any more. `problems`: its contents disagree."""

    damage: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    remark: str = ""
    attempts: int = 0
    audit_rows: int = 0
    newest_answer: str = ""
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def is_well(self) -> bool:
        return not self.damage and not self.problems


def check_contents(engine: Engine) -> Checked:
    """Replay and count. A backup of another release is sound, but only that release can replay it."""
    with engine.connect() as connection:
        other = schema_problem(connection)
    if other:
        return Checked(remark=f"It belongs to another release and was not replayed. {other}")
    with Session(engine) as session:
        chain = audit.verify(session)
        problems = [] if chain.broken_at is None else [f"the audit log is broken at row {chain.broken_at}"]
        attempts, wrong, remark = _replay(session)
        return Checked(
            problems=(*problems, *wrong),
            remark=remark,
            attempts=attempts,
            audit_rows=chain.count,
            newest_answer=_newest_answer(session),
            rows=_count_rows(session),
        )


def _replay(session: Session) -> tuple[int, list[str], str]:
    count, wrong = 0, []
    try:
        for differences in verify_attempts(session):
            count += 1
            wrong += [f"attempt {one.public_id}: {one.what}" for one in differences]
    except UnavailableError:
        return (
            count,
            [],
            "Its calls were compiled by another release: run `flask content import` after restoring it.",
        )
    more = len(wrong) - MOST_NAMED
    return count, wrong[:MOST_NAMED] + ([f"and {more} more differences"] if more > 0 else []), ""


def _newest_answer(session: Session) -> str:
    newest = session.execute(select(func.max(Step.answered_at))).scalar()
    return f"{newest:%Y-%m-%d %H:%M:%S} UTC" if newest else ""


def _count_rows(session: Session) -> dict[str, int]:
    return {
        table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
        for table in Base.metadata.sorted_tables
    }
