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
from training.returns.service import forget_returns, schedule_returns
from training.returns.views import bp
from training.settings import Settings


def register(app: Flask) -> None:
    """The page of a decision that came back, and the job that brings decisions back."""
    app.register_blueprint(bp)
    settings = cast("Settings", app.extensions["settings"])

    def bring_back(session: Session, at: datetime) -> str:
        return schedule_returns(session, at, at.astimezone(ZoneInfo(settings.time_zone)).date())

    add_job(app, Job("decisions-that-return", every=timedelta(minutes=10), run=in_transaction(bring_back)))
    on_erase(app, _forget)


def _forget(session: Session, person_id: int, _at: datetime) -> None:
    participant = session.scalar(select(Participant.id).where(Participant.person_id == person_id))
    if participant is not None:
        forget_returns(session, participant)
