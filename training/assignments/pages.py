"""What the pages of a team's assignments show: what is asked now, and what was asked before."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from training.accounts.models import Person
from training.assignments.models import Assignment
from training.assignments.queries import AskedModule, Member, list_asked_modules, list_members
from training.library.models import Item, Publication

EARLIER = 20
_withdrawer = aliased(Person)


@dataclass(frozen=True)
class AskedLine:
    """One thing that is asked. `person` is the name of the one person it is asked of, "" where it is several.

    `before` are the titles of what comes before it; `extended` is who has more time, with their day.
    """

    asked: AskedModule
    person: str
    before: tuple[str, ...]
    extended: tuple[tuple[str, date], ...]


@dataclass(frozen=True)
class EarlierLine:
    """What was asked once, and is no longer."""

    title: str
    withdrawn_at: datetime
    by: str


def asked_lines(session: Session, team_id: int) -> tuple[AskedLine, ...]:
    """What the team is asked for now, first due first; two statements."""
    asked, members = list_asked_modules(session, team_id), list_members(session, team_id)
    titles = {one.slug: one.title for one in asked}
    return tuple(_line(one, members, titles) for one in asked)


def _line(one: AskedModule, members: tuple[Member, ...], titles: dict[str, str]) -> AskedLine:
    return AskedLine(
        one,
        next((member.name for member in members if member.person_id == one.person_id), ""),
        tuple(titles[slug] for slug in one.after if slug in titles),
        tuple(
            (member.name, member.extended_to[one.assignment_id])
            for member in members
            if one.assignment_id in member.extended_to and one.asks(member.person_id, member.role)
        ),
    )


def earlier_lines(session: Session, team_id: int) -> tuple[EarlierLine, ...]:
    """What was withdrawn, the latest first; not all of a long history."""
    newest = (
        select(Publication.title)
        .where(Publication.item_id == Assignment.module_id)
        .order_by(Publication.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(newest.label("title"), Assignment.withdrawn_at, _withdrawer.name)
        .join(Item, Item.id == Assignment.module_id)
        .outerjoin(_withdrawer, and_(_withdrawer.id == Assignment.withdrawn_by_id))
        .where(Assignment.team_id == team_id, Assignment.withdrawn_at.is_not(None))
        .order_by(Assignment.withdrawn_at.desc(), Assignment.id.desc())
        .limit(EARLIER)
    )
    return tuple(EarlierLine(row.title, row.withdrawn_at, row.name or "") for row in rows)
