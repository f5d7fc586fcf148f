"""The language of the interface. English ships; content carries its own `lang`."""

from datetime import date
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo

from babel import Locale, dates
from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, to_user_timezone

from training.clock import now
from training.settings import Settings

SHIPPED = ["en"]


def _chosen() -> Locale:
    """The best of the shipped languages for this browser. A test adds one of its own to `LANGUAGES`."""
    languages = current_app.config["LANGUAGES"]
    if len(languages) == 1 or not has_request_context():  # nothing to choose; a command that writes mail
        return _locale("en")
    return _locale(request.accept_languages.best_match(languages) or "en")


# What a language says of dates and numbers never changes; reading its name took longer than choosing it.
_locale = cache(Locale.parse)


def init(app: Flask) -> None:
    app.config.setdefault("LANGUAGES", SHIPPED)
    app.config["BABEL_DEFAULT_TIMEZONE"] = cast("Settings", app.extensions["settings"]).time_zone
    Babel(app, locale_selector=_chosen)


def read_ahead() -> None:
    """Read now what dates are written with: four megabytes for each process that does so by itself."""
    for language in SHIPPED:
        dates.format_date(date.max, locale=language)


def today_here(zone: str = "") -> date:
    """The day that it is where the site is, or in a team's own zone: due dates and greetings go by it."""
    day: date = now().astimezone(ZoneInfo(zone)).date() if zone else to_user_timezone(now()).date()
    return day
