"""What this feature adds to the site."""

from flask import Flask
from flask_babel import lazy_gettext as _l

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
from training.web.access import Access
from training.web.templates import Place, add_place

VIEWS = (views, say_first_views, debrief_views, share_views, hint_views)


def register(app: Flask) -> None:
    """Blueprints, commands, menu entries and readiness checks, called once by the composition root."""
    app.register_blueprint(scenario_views.bp)
    app.register_blueprint(bp)
    app.register_blueprint(phrase_views.bp)
    app.cli.add_command(commands.group)
    app.extensions["own_moments"].append(own_moments)
    app.extensions["in_the_middle"].append(count_open)
    add_place(app, Place("practice", _l("Practice"), "/scenarios", "phone", Access.SIGNED_IN))
