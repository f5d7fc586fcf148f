"""A person's own account: who they are, how calls behave, their password, where they are signed in."""

from flask import Response, flash, make_response, render_template, request
from flask_babel import gettext as _

from training.accounts import service
from training.accounts.account_forms import ChangePasswordForm, EmailForm, NameForm, PreferencesForm
from training.accounts.blueprint import bp
from training.accounts.doorway import let_in, settings, visit
from training.accounts.forms import add_error
from training.accounts.parts import account_parts
from training.accounts.passphrases import suggest_passphrase
from training.accounts.passwords import hash_password
from training.accounts.preferences import preferences_of, write_preferences
from training.accounts.proof import is_known_by, is_recent
from training.accounts.queries import OwnAccount, own_account, own_sessions
from training.clock import now
from training.database import db, transaction
from training.errors import InvalidError
from training.web import Access, allow, see_other, viewer


@bp.get("/account")
@allow(Access.SIGNED_IN)
def index() -> str:
    session, at = db.session(), now()
    account = own_account(session, viewer().id)
    return render_template(
        "accounts/index.html",
        account=account,
        preferences=PreferencesForm.holding(preferences_of(session, viewer().id)),
        sessions=own_sessions(session, viewer(), at),
        parts=account_parts(),
    )


@bp.post("/account/preferences")
@allow(Access.SIGNED_IN)
def save_preferences() -> Response:
    form = PreferencesForm()
    if not form.validate():
        raise InvalidError
    with transaction() as session:
        write_preferences(session, viewer().id, form.chosen)
    flash(_("Saved. Your next call begins like this."))
    return see_other("accounts.index")


@bp.route("/account/name", methods=["GET", "POST"])
@allow(Access.SIGNED_IN)
def name() -> Response:
    form = NameForm(name=viewer().name)
    if request.method != "POST":
        return _page("accounts/name.html", form)
    if not form.validate():
        return _page("accounts/name.html", form, 422)
    with transaction() as session:
        service.rename_person(session, viewer().id, form.typed)
    flash(_("Saved. This is what others see."))
    return see_other("accounts.index")


@bp.route("/account/e-mail", methods=["GET", "POST"])
@allow(Access.SIGNED_IN)
def email() -> Response:
    form, account = EmailForm(), own_account(db.session(), viewer().id)
    if request.method != "POST":
        return _page("accounts/email.html", form)
    if not form.validate() or not _is_proved(form, account):
        return _page("accounts/email.html", form, 422)
    with transaction() as session:
        service.request_email_change(session, viewer().id, form.new_email, now())
    flash(
        _("We have written to %(address)s. It counts once you open the link there.", address=form.new_email)
    )
    return see_other("accounts.index")


@bp.route("/account/password", methods=["GET", "POST"])
@allow(Access.SIGNED_IN)
def password() -> Response:
    form, account = ChangePasswordForm(), own_account(db.session(), viewer().id)
    form.about = (account.name, account.email or "", account.staff_number or "")
    if request.method != "POST":
        return _page("accounts/password.html", form)
    if not form.validate() or not _is_proved(form, account):
        return _page("accounts/password.html", form, 422)
    db.session().rollback()  # no read stays open while the hash is computed
    new_hash = hash_password(form.new_password, cheap=settings().cheap_hashes)
    shared = viewer().is_shared_computer
    with transaction() as session:
        secret = service.change_password(session, viewer().id, new_hash, visit(shared=shared), now())
    response = let_in(secret, "/account", shared=shared)
    flash(_("Your password is changed. Everywhere else you are signed out."))
    return response


@bp.post("/account/sign-outs")
@allow(Access.SIGNED_IN)
def sign_out_there() -> Response:
    typed = request.form.get("session", "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 15:
        raise InvalidError
    with transaction() as session:
        service.sign_out_there(session, viewer().id, int(typed), now())
    flash(_("That browser is signed out."))
    return see_other("accounts.index")


def _is_proved(form: ChangePasswordForm | EmailForm, account: OwnAccount) -> bool:
    """Is it the person at this browser? By a sign-in just now, else by the password. The form says if not."""
    if is_recent() or is_known_by(form.current_password, account):
        return True
    add_error(form.current, _("This is not your password now. Type it again."))
    return False


def _page(template: str, form: object, status: int = 200) -> Response:
    page = render_template(
        template,
        form=form,
        account=own_account(db.session(), viewer().id),
        is_confirmed=service.is_recently_confirmed(db.session(), viewer().session_id, now()),
        suggestion=suggest_passphrase(),
    )
    return make_response(page, status)
