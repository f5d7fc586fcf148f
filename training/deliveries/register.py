"""What this feature adds to the site."""

from flask import Flask, url_for
from flask_babel import gettext as _

from training.deliveries.views import bp
from training.web.templates import AdminPage, add_admin_pages


def register(app: Flask) -> None:
    """The pages of what became of the mail."""
    app.register_blueprint(bp)
    add_admin_pages(app, _pages)


def _pages() -> list[AdminPage]:
    words = _("What was mailed, and what became of it.")
    return [AdminPage(_("Delivery log"), words, url_for("deliveries.log"))]
