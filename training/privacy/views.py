"""A person's own data: the page that explains, the file to take along, and the way out."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, render_template, request
from flask import session as form_session
from flask_babel import gettext as _

from training.accounts.erasure import erase_hooks
from training.accounts.forms import add_error
from training.accounts.identity import forget_cookie
from training.accounts.models import Person
from training.accounts.proof import is_known_by, is_recent
from training.accounts.queries import own_account
from training.clock import now
from training.database import db, transaction
from training.privacy.erasing import erase_person, why_not
from training.privacy.exporting import as_zip, own_data
from training.privacy.forms import ErasureForm
from training.privacy.queries import find_anybody
from training.web import Access, allow, see_other, viewer

bp = Blueprint("privacy", __name__)


@bp.get("/account/data")
@allow(Access.SIGNED_IN)
def index() -> str:
    """What is kept, who sees it, the file, the way out."""
    return render_template("privacy/index.html")


@bp.get("/account/data.zip")
@allow(Access.SIGNED_IN)
def download() -> Response:
    """Everything that is kept about the viewer."""
    data = own_data(db.session(), viewer().id, now())
    page = render_template("privacy/export.html", data=data)
    response = Response(as_zip(data, page), mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="your-data.zip"'
    return response


@bp.route("/account/erasure", methods=["GET", "POST"])
@allow(Access.SIGNED_IN)
def erase_myself() -> Response:
    """The viewer goes."""
    person, form = db.session().get_one(Person, viewer().id), ErasureForm()
    if not _is_meant(form):
        return _page(form, person)
    _erase(person)
    form_session.clear()
    flash(_("You are gone from here: your name, your address, your lines. Go well."))
    response = see_other("accounts.sign_in")
    forget_cookie(response)
    return response


@bp.route("/people/<public_id>/erasure", methods=["GET", "POST"])
@allow(Access.SIGNED_IN)
def erase_somebody(public_id: str) -> Response:
    """An administrator lets somebody go who asked for it, or who left."""
    person, form = find_anybody(db.session(), public_id, viewer()), ErasureForm()
    if person.id == viewer().id:
        return see_other("privacy.erase_myself")
    if not _is_meant(form):
        return _page(form, person)
    name = person.name
    _erase(person)
    flash(_("%(name)s is erased. The figures of their teams are as they were.", name=name))
    return see_other("today.index")


def _is_meant(form: ErasureForm) -> bool:
    """A POST with the tick and, where the sign-in was a while ago, the viewer's own password."""
    if request.method != "POST" or not form.validate():
        return False
    if is_recent() or is_known_by(form.password, own_account(db.session(), viewer().id)):
        return True
    add_error(form.current, _("This is not your password. Type it again."))
    return False


def _page(form: ErasureForm, person: Person) -> Response:
    session = db.session()
    page = render_template(
        "privacy/erasure.html",
        form=form,
        person=person,
        is_viewer=person.id == viewer().id,
        reason=why_not(session, person),
        account=own_account(session, viewer().id),
        is_confirmed=is_recent(),
    )
    return make_response(page, 422 if form.errors else 200)


def _erase(person: Person) -> None:
    person_id = person.id
    with transaction() as session:
        erase_person(session, person_id, by=viewer().public_id, at=now(), hooks=erase_hooks())
