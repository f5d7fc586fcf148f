"""Asking a team for a module, and taking that back."""

from datetime import timedelta

from flask import Blueprint, Response, flash, render_template, request
from flask_babel import gettext as _

from training.accounts import audit
from training.accounts.forms import add_error
from training.assignments import service
from training.assignments.forms import AssignmentForm
from training.assignments.queries import list_asked_modules
from training.clock import now
from training.database import db, transaction
from training.library.models import Kind
from training.library.queries import list_published
from training.teams.queries import TeamSeen, find_team
from training.web import Access, allow, see_other, viewer
from training.web.i18n import today_here

USUAL = timedelta(days=14)
bp = Blueprint("assignments", __name__, url_prefix="/teams/<slug>/assignments")


def _asked(slug: str) -> TeamSeen:
    """The team, for whoever may decide what it is asked for."""
    team = find_team(db.session(), slug, viewer())
    viewer().require(team.may_assign)
    return team


@bp.get("")
@allow(Access.SIGNED_IN)
def index(slug: str) -> str:
    team = _asked(slug)
    asked = list_asked_modules(db.session(), team.id)
    return render_template("assignments/index.html", team=team, assignments=asked, today=today_here())


@bp.get("/new")
@allow(Access.SIGNED_IN)
def new(slug: str) -> str:
    team = _asked(slug)
    form = AssignmentForm(module=request.args.get("module", ""), due_on=today_here() + USUAL)
    form.offer(list_published(db.session(), Kind.MODULE))
    return render_template("assignments/new.html", team=team, form=form)


@bp.post("")
@allow(Access.SIGNED_IN)
def create(slug: str) -> Response | tuple[str, int]:
    """Ask the team for a module. One that is asked for already gets the new date."""
    team = _asked(slug)
    form = AssignmentForm().offer(list_published(db.session(), Kind.MODULE))
    if not form.validate():
        return render_template("assignments/new.html", team=team, form=form), 422
    try:
        with transaction() as session:
            service.assign_module(
                session, team.id, form.module_slug, form.day, by=viewer().id, at=now(), today=today_here()
            )
            _note(f"asked for {form.module_slug}", team)
    except service.PastDueDateError as problem:
        add_error(form.due_on, problem.message)
        return render_template("assignments/new.html", team=team, form=form), 422
    flash(_("The team has it on its Today page now."))
    return see_other("assignments.index", slug=slug)


@bp.post("/<module>/withdrawal")
@allow(Access.SIGNED_IN)
def withdraw(slug: str, module: str) -> Response:
    """Ask for a module no longer. What people did for it is kept."""
    team = _asked(slug)
    with transaction() as session:
        service.withdraw_assignment(session, team.id, module, now())
        _note(f"no longer asked for {module}", team)
    flash(_("Nobody owes it any more. What people did for it is kept."))
    return see_other("assignments.index", slug=slug)


def _note(action: str, team: TeamSeen) -> None:
    audit.append(db.session(), actor=viewer().public_id, action=action[:60], subject=team.public_id, at=now())
