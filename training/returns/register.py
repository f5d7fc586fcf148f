"""What this feature adds to the site."""

from datetime import datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from training.accounts.erasure import on_erase
from training.accounts.participant import Participant
from training.jobs import Job, add_job, in_transaction
from training.returns import mailed_views
from training.returns.mailing import put_into_mail
from training.returns.service import forget_returns, schedule_returns
from training.returns.views import bp
from training.settings import Settings
from training.tips.returning import set_returning


def register(app: Flask) -> None:
    """The pages of a decision that came back, its place in the weekly mail, the job that brings it."""
    app.register_blueprint(bp)
    app.register_blueprint(mailed_views.bp)
    set_returning(app, put_into_mail)
    settings = cast("Settings", app.extensions["settings"])

    def bring_back(session: Session, at: datetime) -> str:
        return schedule_returns(session, at, at.astimezone(ZoneInfo(settings.time_zone)).date())

    add_job(app, Job("decisions-that-return", every=timedelta(minutes=10), run=in_transaction(bring_back)))
    on_erase(app, _forget)


def _forget(session: Session, person_id: int, _at: datetime) -> None:
    participant = session.scalar(select(Participant.id).where(Participant.person_id == person_id))
    if participant is not None:
        forget_returns(session, participant)
