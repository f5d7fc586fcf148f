"""Pages behind mailed addresses. GET and HEAD show a page with one form; only POST acts: scanners open
every link, and some only ask for its head."""

from collections.abc import Sequence
from typing import Any, cast

from flask import Response, current_app, flash, make_response, render_template, request, url_for
from flask_babel import gettext as _

from training.accounts import service
from training.accounts.blueprint import bp
from training.accounts.doorway import leave_old_session, let_in, settings, visit
from training.accounts.forms import InvitationForm, OpenDoorForm, ResetForm
from training.accounts.passphrases import suggest_passphrase
from training.accounts.passwords import hash_password
from training.accounts.token_models import EmailChange, Invitation, PasswordReset, SignInLink
from training.accounts.tokens import SpentTokenError, find_token
from training.clock import now
from training.database import db, transaction
from training.web import Access, allow, see_other
from training.web.access import viewer_or_none
from training.web.responses import no_store


@bp.route("/t/sign-in/<token>", methods=["GET", "POST"])
@allow(Access.ANYONE)
def sign_in_link(token: str) -> Response:
    form = OpenDoorForm()
    person = find_token(db.session(), SignInLink, token, now()).person
    if request.method != "POST":
        form.shared.data = settings().shared_computer_ticked
        return _page("accounts/link.html", form=form, name=person.name)
    with transaction() as session:
        leave_old_session(session, now())
        secret = service.sign_in_with_link(session, token, visit(shared=form.shared.data), now())
    return let_in(secret, "/", shared=form.shared.data)


@bp.route("/t/reset/<token>", methods=["GET", "POST"])
@allow(Access.ANYONE)
def reset(token: str) -> Response:
    form = ResetForm()
    person = find_token(db.session(), PasswordReset, token, now()).person
    form.about = (person.name, person.email or "", person.staff_number or "")
    values: dict[str, Any] = {
        "form": form,
        "name": person.name,
        "username": person.email or person.staff_number,
    }
    if request.method != "POST":
        form.shared.data = settings().shared_computer_ticked
        return _page("accounts/reset.html", **values)
    if not form.validate():
        return _page("accounts/reset.html", 422, **values)
    db.session().rollback()  # no read stays open while the hash is computed
    new_hash = hash_password(form.new_password, cheap=settings().cheap_hashes)
    with transaction() as session:
        leave_old_session(session, now())
        secret = service.reset_password(session, token, new_hash, visit(shared=form.shared.data), now())
    return let_in(secret, "/", shared=form.shared.data)


@bp.route("/t/invitation/<token>", methods=["GET", "POST"])
@allow(Access.ANYONE)
def invitation(token: str) -> Response:
    found = find_token(db.session(), Invitation, token, now())
    form = InvitationForm()
    form.asks_for_email = found.email is None and found.staff_number is None
    username = found.email or found.staff_number
    if request.method != "POST":
        form.name.data, form.shared.data = found.name, settings().shared_computer_ticked
        return _page("accounts/invitation.html", form=form, username=username)
    form.about = (form.name.data or "", form.email.data or "", username or "")
    if not form.validate():
        return _page("accounts/invitation.html", 422, form=form, username=username)
    return _join(token, form)


def _join(token: str, form: InvitationForm) -> Response:
    db.session().rollback()
    name, email = form.person
    who = service.NewPerson(name, hash_password(form.new_password, cheap=settings().cheap_hashes), email)
    hooks = cast("Sequence[service.OnAccepted]", current_app.extensions["on_accepted"])
    try:
        with transaction() as session:
            leave_old_session(session, now())
            browser = visit(shared=form.shared.data)
            secret = service.accept_invitation(session, token, who, browser, now(), hooks)
    except service.AlreadyHereError:
        flash(_("You already have an account here. Sign in with it."), "error")
        return see_other("accounts.sign_in")
    return let_in(secret, "/", shared=form.shared.data)


@bp.route("/t/e-mail/<token>", methods=["GET", "POST"])
@allow(Access.ANYONE)
def email_link(token: str) -> Response:
    found = find_token(db.session(), EmailChange, token, now())
    if request.method != "POST":
        return _page("accounts/email_link.html", new_email=found.new_email, name=found.person.name)
    with transaction() as session:
        address = service.change_email(session, token, now())
    flash(_("Your e-mail is now %(address)s.", address=address))
    return see_other("accounts.index" if viewer_or_none() else "accounts.sign_in")


def show_spent(_problem: SpentTokenError) -> Response:
    """One page for a link that is used, too old, bent, or of another purpose: what to do is the same."""
    return _page("accounts/spent.html", 404, sign_in=url_for("accounts.sign_in"))


def _page(template: str, status: int = 200, **values: object) -> Response:
    page = render_template(template, suggestion=suggest_passphrase(), **values)
    return no_store(make_response(page, status))
