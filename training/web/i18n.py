"""The language of the interface. English ships; content carries its own `lang`."""

from datetime import date
from typing import cast
from zoneinfo import ZoneInfo

from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, to_user_timezone

from training.clock import now
from training.settings import Settings

SHIPPED = ["en"]


def _chosen() -> str:
    """The best of the shipped languages for this browser. A test adds one of its own to `LANGUAGES`."""
    if not has_request_context():  # a command that writes mail
        return "en"
    return request.accept_languages.best_match(current_app.config["LANGUAGES"]) or "en"


def init(app: Flask) -> None:
    app.config.setdefault("LANGUAGES", SHIPPED)
    app.config["BABEL_DEFAULT_TIMEZONE"] = cast("Settings", app.extensions["settings"]).time_zone
    Babel(app, locale_selector=_chosen)


def today_here(zone: str = "") -> date:
    """The day that it is where the site is, or in a team's own zone: due dates and greetings go by it."""
    day: date = now().astimezone(ZoneInfo(zone)).date() if zone else to_user_timezone(now()).date()
    return day
