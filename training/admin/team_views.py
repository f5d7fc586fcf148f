"""Teams for an admin: all of them, and closing one."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from training.admin.blueprint import bp
from training.admin.people_views import note, note_read
from training.admin.proved import Answer, back_to, proved
from training.admin.team_queries import PAGE, find_teams
from training.clock import now
from training.database import db, transaction
from training.errors import NotFoundError
from training.teams.queries import find_team
from training.teams.service import archive_team, reopen_team
from training.web import Access, Page, allow, page_number, see_other, viewer
from training.web.paging import pages_of
from training.web.text_fields import is_plain, normal


@bp.get("/teams")
@allow(Access.ADMIN)
def teams() -> str:
    q, number = normal(request.args.get("q"))[:80], page_number()
    if not is_plain(q):
        raise NotFoundError
    note_read("read the list of teams", "teams")
    rows, total = find_teams(db.session(), q, number)
    page = Page(rows, number, pages_of(total, PAGE))
    if number > page.last:
        raise NotFoundError

    def address(other: int) -> str:
        return url_for("admin.teams", q=q or None, page=other)

    return render_template("admin/teams.html", page=page, total=total, q=q, address=address)


@bp.get("/teams/<slug>/archiving")
@allow(Access.ADMIN)
def archiving(slug: str) -> str:
    return render_template("admin/archiving.html", team=find_team(db.session(), slug, viewer()))


@bp.post("/teams/<slug>/archiving")
@back_to("admin.archiving")
@proved
@allow(Access.ADMIN)
def archive(slug: str) -> Answer:
    """Close the team. Twice is harmless."""
    with transaction() as session:
        team = find_team(session, slug, viewer())
        archive_team(session, team.id, now())
        note(session, "team archived", team.public_id)
    flash(_("%(team)s is archived. What happened in it stays.", team=team.name))
    return see_other("admin.teams")


@bp.post("/teams/<slug>/reopening")
@back_to("admin.archiving")
@proved
@allow(Access.ADMIN)
def reopen(slug: str) -> Answer:
    with transaction() as session:
        team = find_team(session, slug, viewer())
        reopen_team(session, team.id)
        note(session, "team opened again", team.public_id)
    flash(_("%(team)s is open again, with nobody in it.", team=team.name))
    return see_other("teams.show", slug=slug)
