"""What this feature adds to the site."""

from flask import Flask, url_for
from flask_babel import gettext as _

from training.authoring.places import StudioPlace, add_studio_place
from training.database import db
from training.hindsight import inbox_views, recheck_views, remark_views, views
from training.hindsight.inbox import count_waiting


def register(app: Flask) -> None:
    """What learners did and say back, in the studio; and the decisions that were put right."""
    app.register_blueprint(views.bp)
    app.register_blueprint(remark_views.bp)
    app.register_blueprint(inbox_views.bp)
    app.register_blueprint(inbox_views.stories)
    app.register_blueprint(recheck_views.bp)
    add_studio_place(app, _inbox)


def _inbox() -> StudioPlace:
    return StudioPlace(_("Inbox"), url_for("inbox.index"), count_waiting(db.session()))
