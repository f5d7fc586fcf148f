"""What one person is given on top: more time, a new check. Pages with one button, for links in mail too."""

from datetime import date, timedelta

from flask import Response, flash, render_template
from flask_babel import gettext as _

from training.accounts.forms import add_error
from training.assignments import service
from training.assignments.forms import ExtensionForm
from training.assignments.queries import AskedModule, Member, find_asked_module, find_member
from training.assignments.rules import Rule
from training.assignments.views import asked_team, bp, note
from training.clock import now
from training.database import db, transaction
from training.errors import NotFoundError
from training.library.builds import ModuleEntry
from training.teams.queries import TeamSeen
from training.web import Access, allow, see_other, viewer
from training.web.i18n import today_here

MORE = timedelta(days=7)


def _one_of(slug: str, assignment: str, person: str) -> tuple[TeamSeen, AskedModule, Member]:
    """For whoever decides what the team is asked for and sees how each person is doing."""
    team = asked_team(slug)
    viewer().require(team.may_see_progress)
    asked = find_asked_module(db.session(), team.id, assignment)
    member = find_member(db.session(), team.id, person)
    viewer().require(asked.asks(member.person_id, member.role))
    return team, asked, member


@bp.get("/<assignment>/people/<person>/extension")
@allow(Access.SIGNED_IN)
def new_extension(slug: str, assignment: str, person: str) -> str:
    team, asked, member = _one_of(slug, assignment, person)
    due_on = member.owes(asked).due_on
    later = max(due_on or date.min, today_here(team.time_zone)) + MORE
    return _extension(team, asked, member, ExtensionForm(due_on=later))


def _extension(team: TeamSeen, asked: AskedModule, member: Member, form: ExtensionForm) -> str:
    due_on = member.owes(asked).due_on
    viewer().require(due_on is not None)  # without a day there is nothing to move
    return render_template(
        "assignments/extension.html", team=team, asked=asked, person=member, due_on=due_on, form=form
    )


@bp.post("/<assignment>/people/<person>/extension")
@allow(Access.SIGNED_IN)
def create_extension(slug: str, assignment: str, person: str) -> Response | tuple[str, int]:
    """Give one person more time."""
    team, asked, member = _one_of(slug, assignment, person)
    form, today = ExtensionForm(), today_here(team.time_zone)
    if not form.validate():
        return _extension(team, asked, member, form), 422
    try:
        with transaction() as session:
            service.extend(session, asked, member, form.day, by=viewer().id, at=now(), today=today)
            note(f"more time for {asked.slug}", member.public_id)
    except (service.PastDueDateError, service.NotLaterError) as problem:
        add_error(form.due_on, problem.message)
        return _extension(team, asked, member, form), 422
    flash(_("%(name)s has more time.", name=member.name))
    return see_other("reports.person", slug=slug, public_id=person)


@bp.get("/<assignment>/people/<person>/checks/<call>")
@allow(Access.SIGNED_IN)
def new_check(slug: str, assignment: str, person: str, call: str) -> str:
    team, asked, member = _one_of(slug, assignment, person)
    entry = _checked(asked, call)
    return render_template("assignments/check.html", team=team, asked=asked, person=member, entry=entry)


@bp.post("/<assignment>/people/<person>/checks/<call>")
@allow(Access.SIGNED_IN)
def allow_check(slug: str, assignment: str, person: str, call: str) -> Response:
    """Let one person who passed a check take it again."""
    _team, asked, member = _one_of(slug, assignment, person)
    entry = _checked(asked, call)
    with transaction() as session:
        service.allow_new_check(session, asked, member.person_id, call, by=viewer().id, at=now())
        note(f"allowed a new check of {call}", member.public_id)
    flash(_("%(name)s may take the check of %(call)s again.", name=member.name, call=entry.title))
    return see_other("reports.person", slug=slug, public_id=person)


def _checked(asked: AskedModule, call: str) -> ModuleEntry:
    for entry in asked.entries:
        if entry.rule == Rule.CHECK and entry.slug == call:
            return entry
    raise NotFoundError
