"""A lead's own words to one person, by mail; and the clock that a team lives by."""

from datetime import date
from typing import cast

from flask import Blueprint, Response, current_app, flash, render_template, request
from flask_babel import gettext as _

from training.accounts import audit
from training.accounts.forms import add_error
from training.assignments.queries import AskedModule, Member
from training.clock import now
from training.database import db, transaction
from training.errors import NotFoundError
from training.reminders.forms import ClockForm, NudgeForm
from training.reminders.sending import NudgedAlreadyError, nudge
from training.reminders.service import set_clock
from training.reminders.words import what_to_say
from training.reports.queries import Row, team_report
from training.reports.rules import Cell, Standing
from training.settings import Settings
from training.teams.queries import TeamSeen, find_team
from training.web import Access, allow, see_other, viewer
from training.web.i18n import today_here

bp = Blueprint("reminders", __name__, url_prefix="/teams/<slug>")


def _row(team: TeamSeen, public_id: str) -> Row:
    """The person's line of the table, for whoever sees it and may remind."""
    viewer().require(team.may_see_progress)
    report = team_report(db.session(), team.id, today_here(team.time_zone))
    for row in report.rows:
        if row.member.public_id == public_id:
            return row
    raise NotFoundError


def _neediest(row: Row) -> tuple[AskedModule, Cell] | None:
    """What to write about: the latest of what is not done, else what is due first."""
    left = [(module, cell) for module, cell in row.owed if cell.standing is not Standing.DONE]
    return min(left, key=lambda pair: (-pair[1].days, pair[1].due_on or date.max), default=None)


@bp.get("/people/<public_id>/nudges/new")
@allow(Access.SIGNED_IN)
def new_nudge(slug: str, public_id: str) -> str:
    """A page with one button: mail leads here, and mail scanners open every link."""
    team = find_team(db.session(), slug, viewer())
    row = _row(team, public_id)
    about = _neediest(row)
    words = what_to_say(about[0].title, about[1]) if about else ""
    return _nudge(team, row.member, about, NudgeForm(words=words))


def _nudge(team: TeamSeen, member: Member, about: tuple[AskedModule, Cell] | None, form: NudgeForm) -> str:
    return render_template("reminders/nudge.html", team=team, person=member, about=about, form=form)


@bp.post("/people/<public_id>/nudges")
@allow(Access.SIGNED_IN)
def create_nudge(slug: str, public_id: str) -> Response | tuple[str, int]:
    """Write to one person in the viewer's name, once a day each."""
    team = find_team(db.session(), slug, viewer())
    row, form = _row(team, public_id), NudgeForm()
    about = _neediest(row)
    if about is None or row.member.email is None:
        raise NotFoundError
    if not form.validate():
        return _nudge(team, row.member, about, form), 422
    today = today_here(team.time_zone)
    try:
        with transaction() as session:
            lead, subject = viewer(), about[0].title
            if nudge(session, row.member, lead=lead, subject=subject, words=form.said, today=today):
                _note("nudged", public_id)
    except NudgedAlreadyError as problem:
        add_error(form.words, problem.message)
        return _nudge(team, row.member, about, form), 422
    flash(_("Your mail to %(name)s is on its way.", name=row.member.name))
    return see_other("reports.progress", slug=slug)


def _managed(slug: str) -> TeamSeen:
    team = find_team(db.session(), slug, viewer())
    viewer().require(team.may_manage)
    return team


@bp.get("/clock")
@allow(Access.LEAD)
def edit_clock(slug: str) -> str:
    team = _managed(slug)
    return render_template(
        "reminders/clock.html", team=team, form=_offer(ClockForm(time_zone=team.time_zone))
    )


@bp.post("/clock")
@allow(Access.LEAD)
def update_clock(slug: str) -> Response | tuple[str, int]:
    """Let a team live by its own clock: days are counted and mail is timed by it."""
    team, form = _managed(slug), _offer(ClockForm())
    if not form.validate() or "time_zone" not in request.form:
        return render_template("reminders/clock.html", team=team, form=form), 422
    with transaction() as session:
        set_clock(session, team.id, form.zone)
        _note("set the team's clock", team.public_id)
    flash(_("The team’s days and mails go by its own clock now."))
    return see_other("teams.show", slug=slug)


def _offer(form: ClockForm) -> ClockForm:
    return form.offer(cast("Settings", current_app.extensions["settings"]).time_zone)


def _note(action: str, subject: str) -> None:
    audit.append(db.session(), actor=viewer().public_id, action=action, subject=subject, at=now())
