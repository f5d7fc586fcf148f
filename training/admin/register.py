"""What this feature adds to the site."""

from datetime import timedelta

from flask import Flask
from flask_babel import lazy_gettext as _l

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
from training.web.access import Access
from training.web.templates import Place, add_admin_pages, add_place

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
    add_place(app, Place("admin", _l("Admin"), "/admin", "sliders-horizontal", Access.ADMIN))
    add_admin_pages(app, index_views.own_pages)
    app.extensions["person_links"] = []
    clean = in_transaction(clean_up_files)
    add_job(app, Job("files of people", every=timedelta(hours=1), run=clean))
