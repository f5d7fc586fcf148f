"""What this feature adds to the site."""

from flask import Flask, url_for
from flask_babel import gettext as _

from training.today.views import bp
from training.web.access import viewer_or_none
from training.web.templates import Place, add_places


def register(app: Flask) -> None:
    """Blueprints, commands, menu entries and readiness checks, called once by the composition root."""
    app.register_blueprint(bp)
    add_places(app, _places)


def _places() -> list[Place]:
    if viewer_or_none() is None:
        return []
    return [Place("today", _("Today"), url_for("today.index"), "sun-medium")]
