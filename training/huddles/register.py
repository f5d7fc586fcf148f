"""What this feature adds to the site."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask
from flask_babel import format_time

from training.clock import now
from training.database import db
from training.huddles import room_views, views
from training.huddles.queries import team_notes
from training.huddles.service import close_huddles
from training.jobs.job import Job, add_job, in_transaction
from training.teams.parts import TeamPart, add_team_part
from training.teams.queries import TeamSeen

_SHOWN = 3


def register(app: Flask) -> None:
    """Blueprints, jobs and parts of other pages, called once by the composition root."""
    app.register_blueprint(views.bp)
    app.register_blueprint(room_views.bp)
    app.add_template_filter(_clock, "clock")
    add_team_part(app, _part_of_team)
    add_job(app, Job("huddles", timedelta(minutes=15), in_transaction(close_huddles)))


def _part_of_team(team: TeamSeen) -> TeamPart:
    """What the team agreed to say, and, for whoever may hold one, the button that begins a huddle."""
    found = team_notes(db.session(), team, now(), _SHOWN)
    current = found.current.public_id if found.current else ""
    return TeamPart("huddles/team_part.html", {"notes": found.notes, "current": current})


def _clock(at: datetime) -> str:
    """An instant as the clock on the site's wall shows it."""
    return str(format_time(at, "HH:mm"))
