"""What this feature adds to the site."""

from flask import Flask
from sqlalchemy import exists, select

from training.database import db
from training.library.commands import content
from training.library.models import Publication


def register(app: Flask) -> None:
    """Blueprints, commands, menu entries and readiness checks, called once by the composition root."""
    app.cli.add_command(content)
    app.extensions["readiness"].append(_content_is_published)


def _content_is_published() -> str | None:
    found = db.session.execute(select(exists().where(Publication.ended_at.is_(None)))).scalar()
    return None if found else "Nothing is published yet. Run `flask --app app content import` first."
