"""What this feature adds to the site."""

from datetime import timedelta

from flask import Flask, url_for
from flask_babel import gettext as _

from training.accounts.commands import people
from training.admin import (
    audit_views,
    import_views,
    index_views,
    people_views,
    person_views,
    proved,
    settings_views,
    team_views,
)
from training.admin.blueprint import bp
from training.admin.commands import import_
from training.admin.kept import clean_up_files
from training.jobs import Job, add_job, in_transaction
from training.web.access import viewer_or_none
from training.web.templates import Place, add_admin_pages, add_places

VIEWS = (
    index_views,
    import_views,
    people_views,
    person_views,
    team_views,
    audit_views,
    settings_views,
    proved,
)


def register(app: Flask) -> None:
    """Blueprints, commands, menu entries and readiness checks, called once by the composition root."""
    app.register_blueprint(bp)
    people.add_command(import_)
    add_places(app, _places)
    add_admin_pages(app, index_views.own_pages)
    app.extensions["person_links"] = []
    clean = in_transaction(clean_up_files)
    add_job(app, Job("files of people", every=timedelta(hours=1), run=clean))


def _places() -> list[Place]:
    who = viewer_or_none()
    if who is None or not who.is_admin:
        return []
    return [Place("admin", _("Admin"), url_for("admin.index"), "sliders-horizontal")]
