"""The door: in by password, by code, by a mailed link; and out."""

from flask import Response, flash, make_response, render_template, request, url_for
from flask import session as form_session
from flask_babel import gettext as _
from flask_babel import ngettext

from training.accounts import service
from training.accounts.blueprint import bp
from training.accounts.doorway import go_to, leave_old_session, let_in, network, settings, visit
from training.accounts.forms import CodeForm, LinkForm, SignInForm, add_error
from training.accounts.identity import forget_cookie
from training.accounts.tokens import SpentTokenError
from training.clock import now
from training.database import db, transaction
from training.errors import ThrottledError
from training.web import Access, allow, see_other
from training.web.access import viewer_or_none
from training.web.responses import no_store
from training.web.safe_next import safe_next


@bp.route("/sign-in", methods=["GET", "POST"])
@allow(Access.ANYONE)
def sign_in() -> Response:
    form, target = SignInForm(), safe_next(request.args.get("next"))
    if request.method != "POST":
        if viewer_or_none() is not None:
            return go_to(target)
        form.shared.data = settings().shared_computer_ticked
        return _sign_in_page(form)
    if "link" in request.form:
        return _mail_link()
    if not form.validate():
        return _sign_in_page(form, 422)
    try:
        secret = _open_by_password(form)
    except ThrottledError as problem:
        return _wait(_sign_in_page(form, 429, _wait_words(problem)), problem)
    if secret is None:
        add_error(form.password, _("Type the password again."))
        return _sign_in_page(form, 422)
    return let_in(secret, target, shared=form.shared.data)


def _open_by_password(form: SignInForm) -> str | None:
    """Throttle, then hash, then write: three steps, so that no lock is held while a hash is computed."""
    identifier, password = form.typed
    at, browser = now(), visit(shared=form.shared.data)
    with transaction() as session:
        service.admit_try(session, identifier, browser.network, at)
    who = service.recognise(db.session(), identifier, password, cheap=settings().cheap_hashes)
    if who is None:
        return None
    with transaction() as session:
        leave_old_session(session, at)
        return service.sign_in(session, who, identifier, browser, at)


def _sign_in_page(form: SignInForm, status: int = 200, wait: str = "") -> Response:
    page = render_template(
        "accounts/sign_in.html", form=form, wait=wait, wrong=status == 422, next=request.args.get("next")
    )
    return no_store(make_response(page, status))


def _mail_link() -> Response:
    form = LinkForm()
    if not form.validate():
        problems = SignInForm()
        problems.identifier.errors = form.identifier.errors
        return _sign_in_page(problems, 422)
    with transaction() as session:
        service.request_sign_in_link(session, form.typed, network(), now())
    return see_other("accounts.sign_in_sent")


@bp.get("/sign-in/sent")
@allow(Access.ANYONE)
def sign_in_sent() -> str:
    return render_template("accounts/sent.html")


@bp.route("/sign-in/code", methods=["GET", "POST"])
@allow(Access.ANYONE)
def sign_in_with_code() -> Response:
    form, target = CodeForm(), safe_next(request.args.get("next"))
    if request.method != "POST":
        form.shared.data = settings().shared_computer_ticked
        return _code_page(form)
    if not form.validate():
        return _code_page(form, 422)
    try:
        secret = _open_by_code(form)
    except ThrottledError as problem:
        return _wait(_code_page(form, 429, _wait_words(problem)), problem)
    except SpentTokenError:
        add_error(form.code, _("This code is not valid now. Ask your lead for a new one; each works once."))
        return _code_page(form, 422)
    return let_in(secret, target, shared=form.shared.data)


def _open_by_code(form: CodeForm) -> str:
    at, browser = now(), visit(shared=form.shared.data)
    with transaction() as session:
        service.admit_code_try(session, browser.network, at)
    token_hash = service.hash_typed_code(form.typed)
    with transaction() as session:
        leave_old_session(session, at)
        return service.sign_in_with_code(session, token_hash, browser, at)


def _code_page(form: CodeForm, status: int = 200, wait: str = "") -> Response:
    page = render_template("accounts/code.html", form=form, wait=wait, next=request.args.get("next"))
    return no_store(make_response(page, status))


@bp.route("/sign-in/forgotten", methods=["GET", "POST"])
@allow(Access.ANYONE)
def sign_in_forgotten() -> Response:
    form = LinkForm()
    if request.method != "POST":
        return no_store(make_response(render_template("accounts/forgotten.html", form=form)))
    if not form.validate():
        return no_store(make_response(render_template("accounts/forgotten.html", form=form), 422))
    with transaction() as session:
        service.request_reset(session, form.typed, network(), now())
    return see_other("accounts.sign_in_sent")


@bp.post("/sign-out")
@allow(Access.ANYONE)
def sign_out() -> Response:
    """Ends the session's row, so a copy of the cookie is worth nothing; for a visitor nothing happens."""
    if viewer_or_none() is not None:
        with transaction() as session:
            leave_old_session(session, now())
    form_session.clear()
    flash(_("You are signed out. Your place is kept."))
    target = safe_next(request.form.get("next"))
    response = go_to(url_for("accounts.sign_in", next=None if target == "/" else target))
    forget_cookie(response)
    return response


def _wait_words(problem: ThrottledError) -> str:
    seconds = problem.retry_after
    if seconds < 60:
        words = ngettext(
            "Wait %(num)s second, then try again.", "Wait %(num)s seconds, then try again.", seconds
        )
    else:
        minutes = -(-seconds // 60)
        words = ngettext(
            "Wait %(num)s minute, then try again.", "Wait %(num)s minutes, then try again.", minutes
        )
    return str(words)


def _wait(response: Response, problem: ThrottledError) -> Response:
    response.headers["Retry-After"] = str(problem.retry_after)
    return response
