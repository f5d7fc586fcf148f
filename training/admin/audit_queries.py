"""The audit log as an admin reads it: a page at a time, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from training.accounts.audit import hash_of_entry
from training.accounts.models import AuditEntry, Person
from training.accounts.rules import clean_identifier
from training.teams.models import Team

PAGE, MATCHES, CHECKED = 50, 20, 2_000


@dataclass(frozen=True)
class Wanted:
    """What to show: `who` did it or had it done, by name, address, number or public id; `until` is past the
    last instant; `before` is the id of the row that the page before ended with."""

    who: str = ""
    what: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


@dataclass(frozen=True)
class Line:
    """One row of the log, with names where they are known. The ids stay: a name may have changed since."""

    id: int
    at: datetime
    actor: str
    actor_name: str
    action: str
    subject: str
    subject_name: str


@dataclass(frozen=True)
class LogPage:
    """Lines, newest first; `older` is what the next page begins before, if there is one."""

    lines: tuple[Line, ...]
    older: int | None


def read_log(session: Session, wanted: Wanted) -> LogPage:
    """One page. At most four statements, each along an index."""
    statement = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(PAGE + 1)
    if wanted.who:
        ids = _public_ids(session, wanted.who)
        statement = statement.where(or_(AuditEntry.actor.in_(ids), AuditEntry.subject.in_(ids)))
    if wanted.what:
        statement = statement.where(AuditEntry.action == wanted.what)
    if wanted.since is not None:
        statement = statement.where(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(AuditEntry.at < wanted.until)
    if wanted.before is not None:
        statement = statement.where(AuditEntry.id < wanted.before)
    rows = session.scalars(statement).all()
    names = _names(session, {name for row in rows for name in (row.actor, row.subject)})
    lines = tuple(
        Line(
            row.id,
            row.at,
            row.actor,
            names.get(row.actor, ""),
            row.action,
            row.subject,
            names.get(row.subject, ""),
        )
        for row in rows[:PAGE]
    )
    return LogPage(lines, lines[-1].id if len(rows) > PAGE else None)


def _public_ids(session: Session, who: str) -> list[str]:
    """Whom somebody may mean: that very id, and the first people with that name, address or number."""
    known = clean_identifier(who)
    same = or_(
        Person.name.icontains(who, autoescape=True), Person.email == known, Person.staff_number == known
    )
    found = session.scalars(select(Person.public_id).where(same).order_by(Person.id).limit(MATCHES))
    return [who, *found]


def _names(session: Session, public_ids: Iterable[str]) -> dict[str, str]:
    wanted = sorted(public_ids)
    people = session.execute(select(Person.public_id, Person.name).where(Person.public_id.in_(wanted)))
    teams = session.execute(select(Team.public_id, Team.name).where(Team.public_id.in_(wanted)))
    return {row[0]: row[1] for row in (*people, *teams)}


def list_actions(session: Session) -> list[str]:
    """Every kind of deed that the log knows."""
    return list(session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action)))


@dataclass(frozen=True)
class Chain:
    """Whether the newest rows follow from one another. `broken_at` is the id of the first that does not."""

    count: int
    is_whole_log: bool
    broken_at: int | None


def check_newest(session: Session, most: int = CHECKED) -> Chain:
    """Check the end of the chain, which is as long as one page may cost; `audit.verify` reads it all."""
    rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(most + 1)).all()
    newest, before = rows[:most], rows[1:]
    for number, entry in enumerate(newest):
        follows = number >= len(before) or entry.previous_hash == before[number].hash
        if not follows or hash_of_entry(entry) != entry.hash:
            return Chain(len(newest), len(rows) <= most, entry.id)
    return Chain(len(newest), len(rows) <= most, None)
