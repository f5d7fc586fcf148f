"""Who is in a team: invitations, sign-in codes, memberships."""

from typing import cast

from flask import Response, current_app, flash, render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from training.accounts import audit
from training.accounts.forms import add_error
from training.accounts.models import Person
from training.accounts.rules import spaced_code
from training.accounts.service import AlreadyHereError, find_by_identifier, invite, issue_code
from training.accounts.tokens import token_url
from training.clock import now
from training.database import db, transaction
from training.settings import Settings
from training.teams import service
from training.teams.forms import InvitationForm, MembershipForm, ProofForm
from training.teams.members import TeamPerson, find_person
from training.teams.models import Role
from training.teams.proof import is_proved, is_recent
from training.teams.queries import TeamSeen, find_team
from training.teams.views import bp
from training.web import Access, allow, see_other, viewer


def _managed(slug: str) -> TeamSeen:
    """The team, for whoever may decide who is in it."""
    team = find_team(db.session(), slug, viewer())
    viewer().require(team.may_manage)
    return team


@bp.get("/<slug>/invitations/new")
@allow(Access.LEAD)
def new_invitation(slug: str) -> str:
    return render_template("teams/invite.html", team=_managed(slug), form=InvitationForm())


@bp.post("/<slug>/invitations")
@allow(Access.LEAD)
def create_invitation(slug: str) -> str | Response | tuple[str, int]:
    """Invite a learner. With an address the mail goes out; a staff number gets a link, shown this once."""
    team, form = _managed(slug), InvitationForm()
    if not form.validate():
        return render_template("teams/invite.html", team=team, form=form), 422
    invitee = form.invitee(team.id)
    try:
        with transaction() as session:
            secret = invite(session, invitee, by=viewer(), at=now())
    except AlreadyHereError:
        add_error(form.who, _("Somebody has this address or number already. Ask an admin to add them."))
        return render_template("teams/invite.html", team=team, form=form), 422
    if invitee.email is None:
        link = token_url(cast("Settings", current_app.extensions["settings"]).base_url, "invitation", secret)
        return render_template("teams/invitation_link.html", team=team, invitee=invitee, link=link)
    flash(_("The invitation to %(name)s is on its way.", name=invitee.name))
    return see_other("teams.show", slug=slug)


@bp.post("/<slug>/people/<public_id>/codes")
@allow(Access.LEAD)
def create_code(slug: str, public_id: str) -> str:
    """A one-time code to read out. It is in this answer and nowhere else, so there is no page to go on to.

    Whoever has more rights than a learner signs in by themselves: a code must not lend them to a lead.
    """
    team = _managed(slug)
    person = find_person(db.session(), team.id, public_id)
    viewer().require(person.may_have_code)
    with transaction() as session:
        # Read again under the lock: nobody gains rights between the look and the code.
        viewer().require(find_person(session, team.id, public_id).may_have_code)
        code = issue_code(session, session.get_one(Person, person.person_id), viewer(), now())
    return render_template("teams/code.html", team=team, person=person, code=spaced_code(code))


@bp.get("/<slug>/people/<public_id>/removal")
@allow(Access.LEAD)
def removal(slug: str, public_id: str) -> str:
    team = _managed(slug)
    return _removal(team, _removable(team, public_id), ProofForm())


@bp.post("/<slug>/people/<public_id>/removal")
@allow(Access.LEAD)
def remove(slug: str, public_id: str) -> Response | tuple[str, int]:
    """End a membership. An admin who does not lead the team proves who they are, as for any role."""
    team, form = _managed(slug), ProofForm()
    person = _removable(team, public_id)
    if not form.validate() or not (team.role is Role.LEAD or is_proved(form)):
        return _removal(team, person, form), 422
    with transaction() as session:
        service.leave_team(session, team.id, person.person_id, now())
        _note(session, "left a team", person.public_id)
    flash(_("%(name)s is no longer in the team. What they did here stays.", name=person.name))
    return see_other("teams.index") if person.person_id == viewer().id else see_other("teams.show", slug=slug)


def _removal(team: TeamSeen, person: TeamPerson, form: ProofForm) -> str:
    asks = team.role is not Role.LEAD and not is_recent()
    return render_template("teams/removal.html", team=team, person=person, form=form, asks=asks)


def _removable(team: TeamSeen, public_id: str) -> TeamPerson:
    """A lead lets learners go, and themselves; who else leads or trains is for an admin."""
    person = find_person(db.session(), team.id, public_id)
    viewer().require(team.may_remove(person, viewer().id))
    return person


@bp.get("/<slug>/memberships/new")
@allow(Access.ADMIN)
def new_membership(slug: str) -> str:
    return _add_person(_managed(slug), MembershipForm())


@bp.post("/<slug>/memberships")
@allow(Access.ADMIN)
def create_membership(slug: str) -> Response | tuple[str, int]:
    """Make somebody with an account a member, or give a member another role."""
    team, form = _managed(slug), MembershipForm()
    if not form.validate() or not is_proved(form):
        return _add_person(team, form), 422
    with transaction() as session:
        person = find_by_identifier(session, form.identifier)
        if person is not None:
            service.join_team(session, team.id, person.id, form.chosen_role, now())
            _note(session, f"joined a team as {form.chosen_role}", person.public_id)
            flash(_("%(name)s is in the team.", name=person.name))
    if person is None:
        add_error(form.who, _("Nobody here has this address or number. Invite them instead."))
        return _add_person(team, form), 422
    return see_other("teams.show", slug=slug)


def _add_person(team: TeamSeen, form: MembershipForm) -> str:
    return render_template("teams/add_person.html", team=team, form=form, is_recent=is_recent())


def _note(session: Session, action: str, subject: str) -> None:
    audit.append(session, actor=viewer().public_id, action=action, subject=subject, at=now())
