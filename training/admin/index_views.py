"""The administrator's first page: what this feature has, and what others put on it."""

from flask import render_template, url_for
from flask_babel import gettext as _

from training.admin.blueprint import bp
from training.web import Access, allow
from training.web.templates import AdminPage, admin_pages


@bp.get("")
@allow(Access.ADMIN)
def index() -> str:
    return render_template("admin/index.html", pages=admin_pages())


def own_pages() -> list[AdminPage]:
    """The pages of this feature."""
    return [
        AdminPage(_("People"), _("Who is here, and as what. Import and export."), url_for("admin.people")),
        AdminPage(_("Teams"), _("All of them; make, rename, archive."), url_for("admin.teams")),
        AdminPage(_("Audit log"), _("Who did what to whom, and when."), url_for("admin.audit_log")),
        AdminPage(_("Settings"), _("What is set, and from which variable."), url_for("admin.settings")),
    ]
