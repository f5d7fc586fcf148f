"""What this feature adds to the site."""

from flask import Flask, url_for
from flask_babel import gettext as _

from training.authoring import (
    cards_views,
    copy_views,
    draft_views,
    editor_views,
    history_views,
    ideal_views,
    media_views,
    play_views,
    publication_views,
    saves_views,
    upload_views,
    views,
)
from training.authoring.blueprint import bp as drafts
from training.web.access import Access, viewer_or_none
from training.web.templates import Place, add_places

VIEWS = (
    draft_views,
    ideal_views,
    copy_views,
    upload_views,
    editor_views,
    cards_views,
    saves_views,
    play_views,
    publication_views,
)


def register(app: Flask) -> None:
    """The studio's pages, and its entry in the menu of those who may write."""
    app.register_blueprint(views.bp)
    app.register_blueprint(drafts)
    app.register_blueprint(history_views.bp)
    app.register_blueprint(media_views.bp)
    add_places(app, _places)


def _places() -> list[Place]:
    if not Access.TRAINER.admits(viewer_or_none()):
        return []
    return [Place("studio", _("Studio"), url_for("authoring.index"), "pen-line")]
