"""The language of the interface. English ships; content carries its own `lang`."""

from flask import Flask, current_app, request
from flask_babel import Babel

SHIPPED = ["en"]


def _chosen() -> str:
    """The best of the shipped languages for this browser. A test adds one of its own to `LANGUAGES`."""
    return request.accept_languages.best_match(current_app.config["LANGUAGES"]) or "en"


def init(app: Flask) -> None:
    app.config.setdefault("LANGUAGES", SHIPPED)
    Babel(app, locale_selector=_chosen)
