"""What this feature adds to the site."""

from flask import Flask, url_for
from flask_babel import gettext as _

from training.attempts import (
    commands,
    debrief_views,
    hint_views,
    phrase_views,
    say_first_views,
    scenario_views,
    share_views,
    views,
)
from training.attempts.blueprint import bp
from training.attempts.own import count_open
from training.attempts.own_moments import own_moments
from training.web.access import viewer_or_none
from training.web.templates import Place, add_places

VIEWS = (views, say_first_views, debrief_views, share_views, hint_views)


def register(app: Flask) -> None:
    """Blueprints, commands, menu entries and readiness checks, called once by the composition root."""
    app.register_blueprint(scenario_views.bp)
    app.register_blueprint(bp)
    app.register_blueprint(phrase_views.bp)
    app.cli.add_command(commands.group)
    app.extensions["own_moments"].append(own_moments)
    app.extensions["in_the_middle"].append(count_open)
    add_places(app, _places)


def _places() -> list[Place]:
    if viewer_or_none() is None:
        return []
    return [Place("practice", _("Practice"), url_for("scenarios.index"), "phone")]
