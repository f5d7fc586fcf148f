"""What this feature adds to the site."""

from flask import Flask, url_for
from flask_babel import gettext as _

from training.teams import join_views, link_views, people_views
from training.teams.commands import teams
from training.teams.joining import join_invited_team
from training.teams.queries import id_of_team
from training.teams.views import bp
from training.web.access import viewer_or_none
from training.web.templates import Place, add_places

VIEWS = (people_views, link_views)


def register(app: Flask) -> None:
    """Blueprints, commands, menu entries and readiness checks, called once by the composition root."""
    app.register_blueprint(bp)
    app.register_blueprint(join_views.bp)
    app.cli.add_command(teams)
    app.extensions["on_accepted"].append(join_invited_team)
    app.extensions["team_ids"] = id_of_team
    add_places(app, _places)


def _places() -> list[Place]:
    """The team, for everybody who is signed in: the page behind it knows whose, so the menu asks nothing."""
    if viewer_or_none() is None:
        return []
    return [Place("team", _("Team"), url_for("teams.index"), "users")]
