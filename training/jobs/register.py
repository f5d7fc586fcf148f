"""What this feature adds to the site."""

from datetime import datetime, timedelta
from typing import cast

from flask import Flask

from training.jobs.commands import jobs
from training.jobs.job import Job, add_job, in_transaction, init
from training.jobs.running import stopping_of
from training.mail.bounces import Passed, read_bounces
from training.mail.delivery import Delivered, deliver_waiting
from training.mail.housekeeping import forget_the_old
from training.settings import Settings


def register(app: Flask) -> None:
    """The commands, and the jobs of mail, which lies below and knows no jobs."""
    init(app)
    app.cli.add_command(jobs)
    settings = cast("Settings", app.extensions["settings"])

    def deliver(_at: datetime) -> Delivered:
        return deliver_waiting(settings, stop=stopping_of(app).is_set)

    def look_for_bounces(_at: datetime) -> Passed:
        return read_bounces(settings, stop=stopping_of(app).is_set)

    add_job(app, Job("mail", every=timedelta(seconds=5), run=deliver, is_shared=True))
    add_job(app, Job("forget-addresses", every=timedelta(hours=1), run=in_transaction(forget_the_old)))
    if settings.bounces_url:
        add_job(app, Job("bounces", every=timedelta(minutes=5), run=look_for_bounces))
