"""What an admin does with one person: every change asks who is there, and stands in the audit log."""

from typing import cast

from flask import Response, current_app, flash, render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from training.accounts import service as accounts
from training.accounts.forms import add_error
from training.accounts.models import Person
from training.accounts.sessions import end_all_sessions
from training.accounts.tokens import token_url
from training.admin.blueprint import bp
from training.admin.people_forms import PlaceForm, RightsForm
from training.admin.people_queries import find_account
from training.admin.people_views import note, person_page, vars_of
from training.admin.proved import Answer, back_to, proved
from training.clock import now
from training.database import db, transaction
from training.errors import InvalidError
from training.settings import Settings
from training.teams.queries import find_open_team, id_of_team
from training.teams.service import join_team, keep_leads_without, move_person
from training.web import Access, allow, see_other, viewer


def _person(session: Session, public_id: str) -> Person:
    return session.get_one(Person, find_account(session, public_id, now()).id)


def _back(public_id: str) -> Response:
    return see_other("admin.person", public_id=public_id)


@bp.post("/people/<public_id>/invitations")
@back_to("admin.person")
@proved
@allow(Access.ADMIN)
def invite_again(public_id: str) -> Answer:
    """A fresh invitation; the ones before it end. Without an address its link is shown, this once."""
    account = find_account(db.session(), public_id, now())
    with transaction() as session:
        by = session.get_one(Person, viewer().id)
        secret = accounts.invite_entered(session, _person(session, public_id), by=by, at=now())
    if account.email is None:
        settings = cast("Settings", current_app.extensions["settings"])
        link = token_url(settings.base_url, "invitation", secret)
        return render_template("admin/invitation_link.html", account=account, link=link)
    flash(_("The invitation to %(name)s is on its way.", name=account.name))
    return _back(public_id)


@bp.post("/people/<public_id>/rights")
@back_to("admin.person")
@proved
@allow(Access.ADMIN)
def change_rights(public_id: str) -> Answer:
    form = RightsForm()
    if not form.validate():
        raise InvalidError
    with transaction() as session:
        person = _person(session, public_id)
        accounts.change_rights(session, person, **form.rights, by=viewer().public_id, at=now())
    flash(_("Their rights are as you said. If they changed, they sign in anew."))
    return _back(public_id) if public_id != viewer().public_id else see_other("today.index")


@bp.post("/people/<public_id>/disabling")
@back_to("admin.person")
@proved
@allow(Access.ADMIN)
def disable(public_id: str) -> Answer:
    with transaction() as session:
        person = _person(session, public_id)
        keep_leads_without(session, person.id)
        accounts.disable_person(session, person, by=viewer().public_id, at=now())
    flash(_("They are signed out everywhere and cannot come in. What they did stays."))
    return _back(public_id) if public_id != viewer().public_id else see_other("today.index")


@bp.post("/people/<public_id>/enabling")
@back_to("admin.person")
@proved
@allow(Access.ADMIN)
def enable(public_id: str) -> Answer:
    with transaction() as session:
        accounts.enable_person(session, _person(session, public_id), by=viewer().public_id, at=now())
    flash(_("They can sign in again."))
    return _back(public_id)


@bp.post("/people/<public_id>/sign-outs")
@back_to("admin.person")
@proved
@allow(Access.ADMIN)
def sign_out_person(public_id: str) -> Answer:
    with transaction() as session:
        end_all_sessions(session, _person(session, public_id).id, now(), but=viewer().session_id)
        note(session, "signed out everywhere", public_id)
    flash(_("They are signed out everywhere."))
    return _back(public_id)


@bp.post("/people/<public_id>/places")
@back_to("admin.person")
@proved
@allow(Access.ADMIN)
def add_place(public_id: str) -> Answer:
    """Put somebody in a team, beside their teams or instead of one. What happened stays where it did."""
    account = find_account(db.session(), public_id, now())
    form = PlaceForm.about(account)
    target = find_open_team(db.session(), form.called) if form.validate() else None
    if target is None:
        if not form.errors:
            add_error(form.team, _("There is no such team. Write its name, or its address."))
        return person_page(account, RightsForm(formdata=None, data=vars_of(account)), form), 422
    with transaction() as session:
        _place(session, account.id, target, form)
        if form.left:
            note(session, "left a team", public_id)
        note(session, f"joined a team as {form.chosen_role}", public_id)
    flash(_("%(name)s has the new place.", name=account.name))
    return _back(public_id)


def _place(session: Session, person_id: int, target: int, form: PlaceForm) -> None:
    source = id_of_team(session, form.left) if form.left else None
    if source is None:
        join_team(session, target, person_id, form.chosen_role, now())
    else:
        move_person(session, person_id, source, target, form.chosen_role, now())
