"""What this feature adds to the site."""

from __future__ import annotations

from flask import Flask

from training.accounts.erasure import on_erase
from training.certificates import views
from training.certificates.service import forget_names


def register(app: Flask) -> None:
    """Blueprints and what erasing a person clears, called once by the composition root."""
    app.register_blueprint(views.bp)
    on_erase(app, forget_names)
