"""By whose clock a team lives."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from training.teams.models import Team


def set_clock(session: Session, team_id: int, time_zone: str) -> None:
    """Count the team's days and time its mail by this zone; "" is the site's own."""
    session.execute(update(Team).where(Team.id == team_id).values(time_zone=time_zone))
