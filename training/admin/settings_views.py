"""What is set, and from where. It is read only: settings come from the environment, at the start."""

import os
from typing import cast

from flask import current_app, render_template

from training.admin.blueprint import bp
from training.admin.people_views import note_read
from training.admin.proved import Answer, proved
from training.admin.settings_page import list_settings
from training.settings import Settings
from training.web import Access, allow


@bp.get("/settings")
@proved
@allow(Access.ADMIN)
def settings() -> Answer:
    note_read("read the settings", "settings")
    found = list_settings(cast("Settings", current_app.extensions["settings"]), os.environ)
    return render_template("admin/settings.html", found=found)
