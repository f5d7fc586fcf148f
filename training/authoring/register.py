"""What this feature adds to the site."""

from flask import Flask
from flask_babel import lazy_gettext as _l

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
from training.web.access import Access
from training.web.templates import Place, add_place

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
    add_place(app, Place("studio", _l("Studio"), "/studio", "pen-line", Access.TRAINER))
