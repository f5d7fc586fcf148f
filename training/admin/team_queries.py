"""Every team for an admin, a page at a time."""

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from training.teams.models import Membership, Role, Team

PAGE = 50


@dataclass(frozen=True)
class TeamRow:
    """A team, how many people are in it now, and how many of them lead it."""

    slug: str
    name: str
    people: int
    leads: int
    is_archived: bool


def find_teams(session: Session, q: str, page: int) -> tuple[tuple[TeamRow, ...], int]:
    """A page of the teams whose name holds `q`, open ones first, by name; and how many there are."""
    where = [Team.name.icontains(q, autoescape=True)] if q else []
    total = session.scalar(select(func.count()).select_from(Team).where(*where)) or 0
    teams = session.execute(
        select(Team.id, Team.slug, Team.name, Team.archived_at)
        .where(*where)
        .order_by(Team.archived_at.is_not(None), func.lower(Team.name), Team.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    ).all()
    leads = func.sum(case((Membership.role == Role.LEAD, 1), else_=0))
    counted = (
        select(Membership.team_id, func.count(), leads)
        .where(Membership.team_id.in_([team.id for team in teams]), Membership.left_at.is_(None))
        .group_by(Membership.team_id)
    )
    counts = {row[0]: (row[1], row[2]) for row in session.execute(counted)}
    return tuple(
        TeamRow(team.slug, team.name, *counts.get(team.id, (0, 0)), team.archived_at is not None)
        for team in teams
    ), total
