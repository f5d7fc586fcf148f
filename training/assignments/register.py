"""What this feature adds to the site."""

from flask import Flask

from training.assignments import person_views
from training.assignments.views import bp

VIEWS = (person_views,)


def register(app: Flask) -> None:
    """Blueprints, commands, menu entries and readiness checks, called once by the composition root."""
    app.register_blueprint(bp)
