"""Asking a team for a module, moving its day, and taking that back."""

from datetime import timedelta

from flask import Blueprint, Response, flash, render_template, request
from flask_babel import gettext as _

from training.accounts import audit
from training.accounts.forms import add_error
from training.assignments import service
from training.assignments.forms import AssignmentForm, WhenForm
from training.assignments.models import AskedOf
from training.assignments.pages import asked_lines, earlier_lines
from training.assignments.queries import find_asked_module, list_members
from training.clock import now
from training.database import db, transaction
from training.library.models import Kind
from training.library.queries import list_published
from training.teams.queries import TeamSeen, find_team
from training.web import Access, allow, see_other, viewer
from training.web.i18n import today_here

USUAL = timedelta(days=14)
bp = Blueprint("assignments", __name__, url_prefix="/teams/<slug>/assignments")


def asked_team(slug: str) -> TeamSeen:
    """The team, for whoever may decide what it is asked for."""
    team = find_team(db.session(), slug, viewer())
    viewer().require(team.may_assign)
    return team


@bp.get("")
@allow(Access.SIGNED_IN)
def index(slug: str) -> str:
    team = asked_team(slug)
    today = today_here(team.time_zone)
    asked, earlier = asked_lines(db.session(), team.id), earlier_lines(db.session(), team.id)
    return render_template("assignments/index.html", team=team, asked=asked, earlier=earlier, today=today)


@bp.get("/new")
@allow(Access.SIGNED_IN)
def new(slug: str) -> str:
    team, wanted = asked_team(slug), request.args
    who = f"person:{wanted['person']}" if "person" in wanted else AskedOf.LEARNER.value
    form = AssignmentForm(module=wanted.get("module", ""), who=who, due_on=today_here(team.time_zone) + USUAL)
    return _new(team, _offer(form, team))


@bp.post("")
@allow(Access.SIGNED_IN)
def create(slug: str) -> Response | tuple[str, int]:
    """Ask for a module. What the same people are asked for already gets the new terms."""
    team = asked_team(slug)
    form, today = _offer(AssignmentForm(), team), today_here(team.time_zone)
    if not form.validate():
        return _new(team, form), 422
    slug_of, terms = form.module_slug, form.terms
    try:
        with transaction() as session:
            service.assign_module(
                session, team.id, slug_of, form.day, by=viewer().id, at=now(), today=today, terms=terms
            )
            note(f"asked for {slug_of}", team.public_id)
    except service.PastDueDateError as problem:
        add_error(form.due_on, problem.message)
        return _new(team, form), 422
    flash(_("They have it on their Today page now."))
    return see_other("assignments.index", slug=slug)


def _offer(form: AssignmentForm, team: TeamSeen) -> AssignmentForm:
    return form.offer(list_published(db.session(), Kind.MODULE), list_members(db.session(), team.id))


def _new(team: TeamSeen, form: AssignmentForm) -> str:
    before = _what_comes_before()
    return render_template("assignments/new.html", team=team, form=form, before=before)


def _what_comes_before() -> dict[str, str]:
    """For each module that names others as coming before it: their titles, by its own."""
    modules = {one.slug: one for one in list_published(db.session(), Kind.MODULE)}
    found = {}
    for one in modules.values():
        names = [name.removeprefix("module/") for name in one.refers_to if name.startswith("module/")]
        titles = [modules[name].title for name in names if name in modules and name != one.slug]
        if titles:
            found[one.title] = ", ".join(titles)
    return found


@bp.get("/<assignment>/due-date")
@allow(Access.SIGNED_IN)
def edit_due_date(slug: str, assignment: str) -> str:
    team = asked_team(slug)
    asked = find_asked_module(db.session(), team.id, assignment)
    form = WhenForm(due_on=asked.due_on, due_after_days=asked.due_after_days)
    return render_template("assignments/due_date.html", team=team, asked=asked, form=form)


@bp.post("/<assignment>/due-date")
@allow(Access.SIGNED_IN)
def update_due_date(slug: str, assignment: str) -> Response | tuple[str, int]:
    team = asked_team(slug)
    asked = find_asked_module(db.session(), team.id, assignment)
    form, today = WhenForm(), today_here(team.time_zone)
    if not form.validate():
        return render_template("assignments/due_date.html", team=team, asked=asked, form=form), 422
    try:
        with transaction() as session:
            service.move_due_date(session, team.id, assignment, form.day, form.days, today=today)
            note(f"moved the day of {asked.slug}", team.public_id)
    except service.PastDueDateError as problem:
        add_error(form.due_on, problem.message)
        return render_template("assignments/due_date.html", team=team, asked=asked, form=form), 422
    flash(_("The day is moved. Whoever has more time keeps it."))
    return see_other("assignments.index", slug=slug)


@bp.post("/<assignment>/withdrawal")
@allow(Access.SIGNED_IN)
def withdraw(slug: str, assignment: str) -> Response:
    """Ask for a module no longer. What people did for it is kept."""
    team = asked_team(slug)
    asked = find_asked_module(db.session(), team.id, assignment)
    with transaction() as session:
        service.withdraw_assignment(session, team.id, assignment, by=viewer().id, at=now())
        note(f"no longer asked for {asked.slug}", team.public_id)
    flash(_("Nobody owes it any more. What people did for it is kept."))
    return see_other("assignments.index", slug=slug)


def note(action: str, subject: str) -> None:
    """In the audit log, within the transaction that does it."""
    audit.append(db.session(), actor=viewer().public_id, action=action[:60], subject=subject, at=now())
