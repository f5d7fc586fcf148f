"""What this feature adds to the site."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from training.today.views import bp
from training.web.access import Access
from training.web.templates import Place, add_place


def register(app: Flask) -> None:
    """Blueprints, commands, menu entries and readiness checks, called once by the composition root."""
    app.register_blueprint(bp)
    add_place(app, Place("today", _l("Today"), "/", "sun-medium", Access.SIGNED_IN))
