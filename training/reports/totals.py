"""Every team in totals: the table that a job rebuilds, and what a page may show of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, delete, select
from sqlalchemy.orm import Session

from training.database import db, transaction
from training.fives import FIVE, in_fives
from training.reports.models import TeamTotal
from training.reports.queries import TeamReport, team_report
from training.teams.local_time import day_there, zone_of
from training.teams.models import Membership, Role, Team
from training.viewer import Viewer


@dataclass(frozen=True)
class Counts:
    """A team in numbers: the columns of its total, all but the day."""

    people: int
    asked: int
    late: int
    finished: int
    checked: int
    first_tries: int
    first_passed: int


def counts_of(report: TeamReport) -> Counts:
    histories = [[history for history in row.checks if history is not None] for row in report.rows]
    first = [history.first for found in histories for history in found]
    return Counts(
        people=len(report.rows),
        asked=report.asked,
        late=len(report.nudges),
        finished=report.finished,
        checked=sum(bool(found) for found in histories),
        first_tries=len(first),
        first_passed=sum(result.passed for result in first),
    )


def rebuild_totals(at: datetime) -> int:
    """Count every team anew; returns how many totals changed. Again at once changes none.

    A transaction a team: nobody waits for all of them, and one that dies leaves each total as of its day.
    """
    teams = db.session().execute(
        select(Team.id, Team.time_zone).where(Team.archived_at.is_(None)).order_by(Team.id)
    )
    changed = sum(_rebuild(team_id, day_there(at, zone_of(zone))) for team_id, zone in teams.all())
    with transaction() as session:
        archived = select(Team.id).where(Team.archived_at.is_not(None))
        session.execute(delete(TeamTotal).where(TeamTotal.team_id.in_(archived)))
    return changed


def _rebuild(team_id: int, today: date) -> bool:
    counts = counts_of(team_report(db.session(), team_id, today))
    known = db.session().get(TeamTotal, team_id)
    if known is not None and (known.as_of, _counts(known)) == (today, counts):
        db.session().rollback()
        return False
    with transaction() as session:
        session.merge(TeamTotal(team_id=team_id, as_of=today, **vars(counts)))
    return True


def _counts(total: TeamTotal) -> Counts:
    return Counts(**{name: getattr(total, name) for name in Counts.__dataclass_fields__})


@dataclass(frozen=True)
class TeamLine:
    """A team on the page of all teams. `counts` is None before the first count.

    `is_theirs`: the viewer leads or trains it, and sees who is who on its own page. `is_exact`: they may see
    numbers; others see shares by the rule of five.
    """

    slug: str
    name: str
    is_theirs: bool
    is_exact: bool
    as_of: date | None
    counts: Counts | None

    @property
    def late(self) -> int | None:
        """Percent of the people who are asked for something, to the nearest five; None below five people."""
        return self._share(lambda counts: (counts.late, counts.asked))

    @property
    def finished(self) -> int | None:
        return self._share(lambda counts: (counts.finished, counts.asked))

    @property
    def first_passed(self) -> int | None:
        """Of first tries; None where fewer than five people have finished a check."""
        if self.counts is None or self.counts.checked < FIVE:
            return None
        return in_fives(self.counts.first_passed, self.counts.first_tries)

    def _share(self, which: Callable[[Counts], tuple[int, int]]) -> int | None:
        if self.counts is None:
            return None
        count, of = which(self.counts)
        return in_fives(count, of) if of >= FIVE else None


def team_lines(session: Session, viewer: Viewer) -> tuple[TeamLine, ...]:
    """The teams that the viewer leads or trains; every team for trainers and admins. By name."""
    mine = and_(
        Membership.team_id == Team.id, Membership.person_id == viewer.id, Membership.left_at.is_(None)
    )
    rows = session.execute(
        select(Team.slug, Team.name, Membership.role, TeamTotal)
        .outerjoin(Membership, mine)
        .outerjoin(TeamTotal, TeamTotal.team_id == Team.id)
        .where(Team.archived_at.is_(None))
    )
    lines = []
    for slug, name, role, total in rows:
        is_theirs = role in (Role.LEAD, Role.TRAINER)
        if is_theirs or viewer.is_trainer or viewer.is_admin:
            counts = _counts(total) if total is not None else None
            day = total.as_of if total is not None else None
            lines.append(TeamLine(slug, name, is_theirs, is_theirs or viewer.is_admin, day, counts))
    return tuple(sorted(lines, key=lambda line: line.name.casefold()))
