"""The composition root: the one file that knows every feature."""

import logging
import os
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate

from training import models
from training.accounts import identity
from training.accounts import register as accounts
from training.admin import register as admin
from training.assignments import register as assignments
from training.attempts import register as attempts
from training.authoring import register as authoring
from training.certificates import register as certificates
from training.database import db, engine_options
from training.deliveries import register as deliveries
from training.demo import register as demo
from training.hindsight import register as hindsight
from training.huddles import register as huddles
from training.jobs import register as jobs
from training.library import register as library
from training.mail import register as mail
from training.operations import register as operations
from training.privacy import register as privacy
from training.reminders import register as reminders
from training.reports import register as reports
from training.returns import register as returns
from training.secret_key import secret_keys
from training.settings import Settings, read_settings
from training.teams import register as teams
from training.teams.queries import leads_or_trains_a_team
from training.tips import register as tips
from training.today import register as today
from training.web import init_web
from training.web.access import undeclared

__all__ = ["create_app", "models"]
# Bottom to top, as in docs/architecture.md.
FEATURES = (
    mail,
    jobs,
    accounts,
    teams,
    admin,
    library,
    assignments,
    attempts,
    authoring,
    reports,
    tips,
    reminders,
    certificates,
    huddles,
    returns,
    deliveries,
    hindsight,
    today,
    privacy,
    demo,
    operations,
)
ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: Settings | None = None) -> Flask:
    """The site, ready to serve. Reads the environment unless settings are given; touches no table."""
    settings = settings or read_settings(os.environ)
    newest, *earlier = secret_keys(settings)
    app = Flask("training", root_path=str(ROOT), template_folder="templates", static_folder=None)
    app.config.update(
        SECRET_KEY=newest,
        SECRET_KEY_FALLBACKS=earlier,
        WTF_CSRF_SECRET_KEY=[*earlier, newest],  # the last one signs, each of them opens
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database),
    )
    app.extensions["settings"] = settings
    app.extensions["readiness"] = []
    logging.getLogger("training").setLevel(logging.INFO)
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"))
    init_web(app, settings, ROOT)
    identity.init(app, leads=leads_or_trains_a_team)
    for feature in FEATURES:
        feature.register(app)
    _refuse_undeclared(app)
    return app


def _refuse_undeclared(app: Flask) -> None:
    """Deny is the default: a view that does not say who may open it stops the start."""
    if names := undeclared(app):
        raise RuntimeError(f"these endpoints declare no access: {', '.join(names)}")
