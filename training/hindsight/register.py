"""What this feature adds to the site."""

from flask import Flask

from training.hindsight import views


def register(app: Flask) -> None:
    """What learners did, in the studio."""
    app.register_blueprint(views.bp)
