"""What this feature adds to the site."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from flask import Flask, url_for
from flask_babel import gettext as _

from training.accounts.erasure import erase_hooks
from training.admin.people_views import add_person_link
from training.jobs import Job, add_job
from training.privacy.retention import erase_the_long_gone
from training.privacy.views import bp
from training.settings import Settings


def register(app: Flask) -> None:
    """The pages of a person's own data and, where it is set, the end of keeping it."""
    app.register_blueprint(bp)
    add_person_link(app, _way_to_erasure)
    days = cast("Settings", app.extensions["settings"]).erase_disabled_after_days
    if not days:
        return

    def erase(at: datetime) -> int:
        return erase_the_long_gone(days, erase_hooks(), at)

    add_job(app, Job("erase-the-long-gone", every=timedelta(days=1), run=erase))


def _way_to_erasure(public_id: str) -> tuple[str, str]:
    return _("Erase them"), url_for("privacy.erase_somebody", public_id=public_id)
