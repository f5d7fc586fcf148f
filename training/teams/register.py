"""What this feature adds to the site."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from training.teams import join_views, link_views, people_views
from training.teams.commands import teams
from training.teams.joining import join_invited_team
from training.teams.queries import id_of_team
from training.teams.views import bp
from training.web.access import Access
from training.web.templates import Place, add_place

VIEWS = (people_views, link_views)


def register(app: Flask) -> None:
    """Blueprints, commands, menu entries and readiness checks, called once by the composition root."""
    app.register_blueprint(bp)
    app.register_blueprint(join_views.bp)
    app.cli.add_command(teams)
    app.extensions["on_accepted"].append(join_invited_team)
    app.extensions["team_ids"] = id_of_team
    add_place(app, Place("team", _l("Team"), "/teams", "users", Access.SIGNED_IN))
