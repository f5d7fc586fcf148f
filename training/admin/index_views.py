"""The administrator's first page, and what others put on it."""

from collections.abc import Callable
from typing import cast

from flask import Flask, current_app, render_template, url_for
from flask_babel import gettext as _

from training.admin.blueprint import bp
from training.web import Access, allow

Entries = Callable[[], list[tuple[str, str, str]]]


@bp.get("")
@allow(Access.ADMIN)
def index() -> str:
    """Each page in a line: a title, what it is for, its address. Other features add theirs by `add_pages`."""
    pages = [
        (_("People"), _("Who is here, and as what. Import and export."), url_for("admin.people")),
        (_("Teams"), _("All of them; make, rename, archive."), url_for("admin.teams")),
        (_("Audit log"), _("Who did what to whom, and when."), url_for("admin.audit_log")),
        (_("Settings"), _("What is set, and from which variable."), url_for("admin.settings")),
    ]
    for entries in cast("list[Entries]", current_app.extensions.get("admin_pages", [])):
        pages += entries()
    return render_template("admin/index.html", pages=pages)


def add_pages(app: Flask, entries: Entries) -> None:
    """Let a feature put its pages for admins on the first one. `entries` is called at each look."""
    cast("list[Entries]", app.extensions.setdefault("admin_pages", [])).append(entries)
