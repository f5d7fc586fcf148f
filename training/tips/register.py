"""What this feature adds to the site."""

from datetime import datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import format_date, format_time
from sqlalchemy.orm import Session

from training.accounts.parts import add_account_part
from training.jobs.job import Job, add_job, in_transaction
from training.settings import Settings
from training.tips import mailed_views, managing_views, own_views, studio_views, subscribing_views
from training.tips.forgetting import forget_ended
from training.tips.issuing import make_due_issues
from training.tips.returning import returning_of
from training.web.static_files import asset


def register(app: Flask) -> None:
    """Blueprints, commands, menu entries and readiness checks, called once by the composition root."""
    for views in (subscribing_views, managing_views, own_views, mailed_views, studio_views):
        app.register_blueprint(views.bp)
    settings = cast("Settings", app.extensions["settings"])

    def make_issues(session: Session, at: datetime) -> str:
        made = make_due_issues(
            session,
            at,
            site_zone=settings.time_zone,
            base_url=settings.base_url,
            returning=returning_of(app),
        )
        return ", ".join(f"made {one.year}-W{one.week:02}" for one in made)

    add_job(app, Job("weekly-tip", every=timedelta(minutes=5), run=in_transaction(make_issues)))
    add_job(app, Job("forget-subscriptions", every=timedelta(hours=6), run=in_transaction(forget_ended)))
    add_account_part(app, own_views.account_part)
    app.add_template_filter(_in_zone, "in_zone")
    app.jinja_env.globals["mailed_face"] = mailed_face


def mailed_face(portrait: str) -> str:
    """The address of a face as a picture: mail shows no drawings. One that is not drawn is a silhouette."""
    try:
        return asset(f"images/faces/{portrait}.png")
    except FileNotFoundError:
        return asset("images/faces/silhouette.png")


def _in_zone(at: datetime, zone: str, form: str) -> str:
    """An instant as it is read where somebody is: their own day, or their own hour."""
    there = at.astimezone(ZoneInfo(zone))
    if form == "HH:mm":
        return str(format_time(there, form, rebase=False))
    return str(format_date(there.date(), form))
