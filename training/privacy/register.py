"""What this feature adds to the site."""

from flask import Flask

from training.privacy.views import bp


def register(app: Flask) -> None:
    """The pages of a person's own data."""
    app.register_blueprint(bp)
