"""The lead's pages: how the team is doing, and how one person is."""

from flask import Blueprint, Response, render_template, request, url_for

from training.accounts import audit
from training.assignments.queries import find_member
from training.attempts.sharing import list_shared
from training.clock import now
from training.database import db, transaction
from training.errors import NotFoundError
from training.reports.past import past_checks
from training.reports.queries import person_report, team_report
from training.reports.sheet import sheet
from training.reports.together import together
from training.reports.totals import team_lines
from training.reports.words import headline, summary
from training.teams.members import find_past_person
from training.teams.models import Role
from training.teams.queries import TeamSeen, find_team
from training.web import Access, allow, page_number, viewer
from training.web.csv_cells import to_csv
from training.web.i18n import today_here
from training.web.paging import page_of

PAGE = 50
# As many as a lead can have a word with this morning; the table holds the rest, in the same order.
NUDGES = 6
bp = Blueprint("reports", __name__, url_prefix="/teams/<slug>")
all_teams = Blueprint("all_teams", __name__)


def _seen(slug: str) -> TeamSeen:
    """The team, for whoever may see the results of its people's checks."""
    team = find_team(db.session(), slug, viewer())
    viewer().require(team.may_see_progress)
    return team


def _note(action: str, subject: str) -> None:
    """One of the two writes that a GET may make: somebody from outside read it, or it left the site."""
    with transaction() as session:
        audit.append(session, actor=viewer().public_id, action=action, subject=subject, at=now())


@bp.get("/progress")
@allow(Access.SIGNED_IN)
def progress(slug: str) -> str | Response:
    team = _seen(slug)
    as_csv = request.args.get("format") == "csv"
    if as_csv or team.is_seen_as_admin:
        _note("team progress as CSV" if as_csv else "read team progress", team.public_id)
    report = team_report(db.session(), team.id, today_here(team.time_zone))
    if as_csv:
        return _download(to_csv(sheet(report)), f"{team.slug}-{today_here(team.time_zone).isoformat()}.csv")
    return render_template(
        "reports/progress.html",
        team=team,
        report=report,
        headline=headline(report),
        summary=summary(report),
        nudges_shown=NUDGES,
    )


@bp.get("/people/<public_id>")
@allow(Access.SIGNED_IN)
def person(slug: str, public_id: str) -> str:
    team = _seen(slug)
    try:
        who = find_member(db.session(), team.id, public_id)
    except NotFoundError:
        return _past_person(team, public_id)
    if team.is_seen_as_admin:
        _note("read a person's checks", who.public_id)
    report = person_report(db.session(), team.id, who, today_here(team.time_zone))
    shared = list_shared(db.session(), who.person_id, viewer()) if team.role is Role.LEAD else ()
    return render_template("reports/person.html", team=team, person=who, report=report, shared=shared)


@bp.get("/skills")
@allow(Access.SIGNED_IN)
def skills(slug: str) -> str:
    """What the team finds hard: for its leads, and for whoever trains; nobody's alone."""
    team = find_team(db.session(), slug, viewer())
    viewer().require(team.may_assign)
    return render_template("reports/skills.html", team=team, found=together(db.session(), team.id))


@all_teams.get("/progress")
@allow(Access.LEAD)
def every_team() -> str:
    """Each team in totals, as they were last counted. An admin sees numbers, and is noted."""
    if viewer().is_admin:
        _note("read every team's totals", "teams")
    page = page_of(team_lines(db.session(), viewer()), page_number(), PAGE)
    return render_template("reports/teams.html", page=page, address=_address_of_page)


def _address_of_page(number: int) -> str:
    return url_for("all_teams.every_team", page=number)


def _past_person(team: TeamSeen, public_id: str) -> str:
    """Who left: what they finished here, and nothing of what they do elsewhere now."""
    who = find_past_person(db.session(), team.id, public_id)
    if team.is_seen_as_admin:
        _note("read a person's checks", who.public_id)
    checks = past_checks(db.session(), team.id, who.person_id)
    return render_template("reports/past.html", team=team, person=who, checks=checks)


def _download(body: bytes, name: str) -> Response:
    response = Response(body, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
