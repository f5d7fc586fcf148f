"""What this feature adds to the site."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import format_date, format_time

from training.accounts.parts import add_account_part
from training.tips import managing_views, own_views, subscribing_views


def register(app: Flask) -> None:
    """Blueprints, commands, menu entries and readiness checks, called once by the composition root."""
    for views in (subscribing_views, managing_views, own_views):
        app.register_blueprint(views.bp)
    add_account_part(app, own_views.account_part)
    app.add_template_filter(_in_zone, "in_zone")


def _in_zone(at: datetime, zone: str, form: str) -> str:
    """An instant as it is read where somebody is: their own day, or their own hour."""
    there = at.astimezone(ZoneInfo(zone))
    if form == "HH:mm":
        return str(format_time(there, form, rebase=False))
    return str(format_date(there.date(), form))
