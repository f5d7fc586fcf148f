"""What this feature adds to the site."""

from datetime import timedelta

from flask import Flask

from training.jobs import Job, add_job
from training.reports.totals import rebuild_totals
from training.reports.views import all_teams, bp


def register(app: Flask) -> None:
    """Blueprints, commands, menu entries and readiness checks, called once by the composition root."""
    app.register_blueprint(bp)
    app.register_blueprint(all_teams)
    add_job(app, Job("count-teams", every=timedelta(hours=1), run=rebuild_totals))
