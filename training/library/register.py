"""What this feature adds to the site."""

from datetime import date, datetime

from flask import Flask, current_app
from flask_babel import format_date
from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, select

from training.accounts.erasure import on_erase
from training.database import db
from training.library import media_views, public_pages, side_commands, views
from training.library.commands import content
from training.library.discussion.moderation_views import bp as discussion
from training.library.discussion.service import take_all_back
from training.library.feed_views import bp as tips
from training.library.models import Publication
from training.library.rules import day_of
from training.web.access import Access
from training.web.templates import Place, add_place


def register(app: Flask) -> None:
    """Blueprints, commands, menu entries and readiness checks, called once by the composition root.

    `app.extensions["own_moments"]` is a list of `OwnMoments`: attempts add what a reader's own plays showed,
    which the library shows by skill and knows nothing else of. `app.extensions["in_the_middle"]` is a list of
    functions (session, item id) that count who has begun an item and not ended: the studio asks them.
    """
    app.extensions["own_moments"] = []
    app.extensions["in_the_middle"] = []
    for blueprint in (tips, views.skills, views.help_pages, media_views.bp, discussion):
        app.register_blueprint(blueprint)
    public_pages.init(app)
    readers = Access.ANYONE if app.extensions["settings"].public_tips else Access.SIGNED_IN
    add_place(app, Place("tips", _l("Tips"), "/tips", "book-open", readers))
    app.add_template_filter(_day, "day")
    content.add_command(side_commands.export)
    content.add_command(side_commands.status)
    app.cli.add_command(content)
    app.extensions["readiness"].append(_content_is_published)
    on_erase(app, take_all_back)


def _content_is_published() -> str | None:
    found = db.session.execute(select(exists().where(Publication.ended_at.is_(None)))).scalar()
    return None if found else "Nothing is published yet. Run `flask --app app content import` first."


def _day(value: date | datetime) -> str:
    """A day for people: 14 September 2026. An instant is the day that it falls on where the site is."""
    if isinstance(value, datetime):
        value = day_of(value, current_app.extensions["settings"].time_zone)
    return str(format_date(value, "d MMMM y"))
