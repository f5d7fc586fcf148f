"""The page behind a link to join. GET and HEAD show it; only POST joins: scanners open every link."""

from flask import Blueprint, Response, flash, make_response, render_template, request, url_for
from flask_babel import gettext as _

from training.accounts import service as accounts
from training.accounts.doorway import leave_old_session, let_in, network, settings, visit
from training.accounts.forms import add_error
from training.accounts.passphrases import suggest_passphrase
from training.accounts.passwords import hash_password
from training.clock import now
from training.database import db, transaction
from training.teams.join_links import Link, LinkOverError, find_link, join_by_link
from training.teams.link_forms import JoinForm
from training.viewer import Viewer
from training.web import Access, allow, see_other
from training.web.access import viewer_or_none
from training.web.responses import no_store

bp = Blueprint("joining", __name__)


@bp.route("/t/join/<token>", methods=["GET", "POST"])
@allow(Access.ANYONE)
def join(token: str) -> Response:
    link, who = find_link(db.session(), token, now()), viewer_or_none()
    if request.method == "POST":
        return _join_as(token, link, who) if who is not None else _join_new(token, link)
    form = JoinForm()
    form.shared.data = settings().shared_computer_ticked
    return _page(token, link, form)


def _join_as(token: str, link: Link, who: Viewer) -> Response:
    with transaction() as session:
        joined = join_by_link(session, find_link(session, token, now()), who.id, who.public_id, now())
    if joined:
        flash(_("You are in %(team)s now.", team=link.team))
    else:
        flash(_("You were in %(team)s already.", team=link.team))
    return see_other("teams.show", slug=link.slug)


def _join_new(token: str, link: Link) -> Response:
    """Throttle, then hash, then write: no lock is held while a hash is computed."""
    form = JoinForm()
    form.about = (form.name.data or "", form.who.data or "", link.team)
    if not form.validate():
        return _page(token, link, form, 422)
    at = now()
    with transaction() as session:
        accounts.admit_newcomer(session, network(), at)
    name, email, number = form.identity
    new_hash = hash_password(form.new_password, cheap=settings().cheap_hashes)
    new = accounts.NewAccount(name, email, number, new_hash)
    try:
        with transaction() as session:
            leave_old_session(session, at)
            person = accounts.make_account(session, new, at)
            join_by_link(session, find_link(session, token, at), person.id, person.public_id, at)
            secret = accounts.open_session(session, person, visit(shared=form.shared.data), at)
    except accounts.AlreadyHereError:
        add_error(form.who, _("Somebody has this already. Is it you? Then sign in to join."))
        return _page(token, link, form, 422)
    return let_in(secret, "/", shared=form.shared.data)


def _page(token: str, link: Link, form: JoinForm, status: int = 200) -> Response:
    page = render_template(
        "teams/join.html",
        link=link,
        form=form,
        here=url_for("joining.join", token=token),
        suggestion=suggest_passphrase(),
    )
    return no_store(make_response(page, status))


@bp.app_errorhandler(LinkOverError)
def show_over(problem: LinkOverError) -> Response:
    """Why the link lets nobody in, in plain words, and what to do."""
    return no_store(make_response(render_template("teams/link_over.html", problem=problem), 410))
