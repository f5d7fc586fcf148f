"""What this feature adds to the site."""

from flask import Flask, url_for
from flask_babel import gettext as _

from training.authoring.views import bp
from training.web.access import Access, viewer_or_none
from training.web.templates import Place, add_places


def register(app: Flask) -> None:
    """The studio's pages, and its entry in the menu of those who may write."""
    app.register_blueprint(bp)
    add_places(app, _places)


def _places() -> list[Place]:
    if not Access.TRAINER.admits(viewer_or_none()):
        return []
    return [Place("studio", _("Studio"), url_for("authoring.index"), "pen-line")]
