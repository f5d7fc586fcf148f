"""What this feature adds to the site."""

from datetime import datetime, timedelta
from typing import cast

from flask import Flask

from training.jobs import Job, add_job
from training.reminders.sending import write_monday_mails, write_reminders
from training.reminders.views import bp
from training.settings import Settings

EVERY = timedelta(minutes=20)
# A hundred thousand people take a while.
LEASE = timedelta(hours=1)


def register(app: Flask) -> None:
    """The pages, and the two jobs that write mail."""
    app.register_blueprint(bp)
    quiet = cast("Settings", app.extensions["settings"]).quiet

    def remind(at: datetime) -> int:
        return write_reminders(at, quiet)

    def write_to_leads(at: datetime) -> int:
        return write_monday_mails(at, quiet)

    add_job(app, Job("remind", every=EVERY, run=remind, lease=LEASE))
    add_job(app, Job("write-to-leads", every=EVERY, run=write_to_leads, lease=LEASE))
