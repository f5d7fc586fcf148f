"""A call while it is played: its page, and the steps said in it."""

from __future__ import annotations

from flask import Response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from scenarios import replay
from training.accounts.preferences import read_preferences
from training.attempts.blueprint import bp
from training.attempts.own import OwnAttempt, find_attempt, live_address
from training.attempts.picks import Fields, read_pick
from training.attempts.player_page import player_page
from training.attempts.rules import answer_to
from training.attempts.service import record_choice
from training.clock import now
from training.database import db, transaction
from training.errors import ConflictError, InvalidError, UnavailableError
from training.library.queries import load_scenario
from training.web import Access, allow, see_other, viewer
from training.web.error_pages import database_away
from training.web.responses import no_store

# What a script sends that wants the page in answer to its step (RFC 7240).
PAGE_PLEASE = "return=representation"
# A transaction that lost a race or a connection; anything else is not mended by saying it again.
_PASSING = {"40001", "40P01", "57P01", "57P02", "57P03", "08000", "08003", "08006"}


@bp.get("/<public_id>")
@allow(Access.SIGNED_IN)
def show(public_id: str) -> Response:
    """The call where it stands.

    `?step=` says that the coach's note before that step has been read, `?show=` that the learner has said a
    line of their own and wants the replies.
    """
    return _page_of(find_attempt(db.session(), public_id, viewer()))


def _page_of(attempt: OwnAttempt) -> Response:
    scenario = load_scenario(db.session(), attempt.revision_id)
    carried_on = request.args.get("step") == str(attempt.step_count + 1)
    picked = request.args.get("pick", type=int) if carried_on else None
    page = player_page(
        attempt,
        scenario,
        replay(scenario.compiled, attempt.choices),
        carried_on=carried_on,
        picked=picked,
        shows=request.args.get("show") == "1",
        preferences=read_preferences(viewer().chosen),
    )
    live = live_address(db.session(), attempt) if attempt.set_aside_at else attempt.address
    hinted = page.hint is not None and request.args.get("hint") == "1"
    return no_store(Response(render_template("attempts/show.html", page=page, live=live, hinted=hinted)))


@bp.post("/<public_id>/steps")
@allow(Access.SIGNED_IN)
def add_step(public_id: str) -> Response:
    """Record what was said. Then 303 to the call; or the call's page itself, for a script that asks for it.

    `Prefer: return=representation` (RFC 7240) saves that script a second request: its page is the one that
    the redirect leads to, and saying the same again gives it again.
    """
    fields = request.form.to_dict(flat=False)
    try:
        attempt = _say(public_id, fields)
    except DBAPIError as problem:
        if not _may_pass(problem):
            raise
        db.session.rollback()
        attempt = _say(public_id, fields)  # saying it again is safe: what was recorded is found, not doubled
    if request.headers.get("Prefer") != PAGE_PLEASE:
        return see_other("attempts.show", public_id=public_id)
    page = _page_of(attempt)
    page.headers["Preference-Applied"] = PAGE_PLEASE
    return page


# Signed out meanwhile: back to the call after signing in, the pick only highlighted.
add_step.back_to = "attempts.show"  # type: ignore[attr-defined]
add_step.carry = {"step": "step", "choice": "pick"}  # type: ignore[attr-defined]


def _say(public_id: str, fields: Fields) -> OwnAttempt:
    """Read without the write lock, replay, judge; then one short write. The attempt as it stands then."""
    attempt, pick = find_attempt(db.session(), public_id, viewer()), read_pick(fields)
    _must_not_be_aside(attempt)
    compiled = load_scenario(db.session(), attempt.revision_id).compiled
    answer = answer_to(attempt, compiled, pick)
    if answer is None:
        return attempt
    at = now()
    with transaction() as session:
        recorded = record_choice(session, attempt.id, answer, at)
    if recorded:
        return attempt.after(answer.choice, at, finished=answer.play.finished)
    # Another tab, or the same button twice, was first: judge again by what it recorded.
    attempt = find_attempt(db.session(), public_id, viewer())
    _must_not_be_aside(attempt)
    answer_to(attempt, compiled, pick)
    return attempt


def _must_not_be_aside(attempt: OwnAttempt) -> None:
    if attempt.set_aside_at is not None:
        raise ConflictError(
            _("You went back in this call, so it goes on from there."), live_address(db.session(), attempt)
        )


def _may_pass(problem: DBAPIError) -> bool:
    return problem.connection_invalidated or getattr(problem.orig, "sqlstate", None) in _PASSING


@bp.errorhandler(OperationalError)
@bp.errorhandler(InterfaceError)
@bp.errorhandler(UnavailableError)
def _line_lost(problem: DBAPIError | UnavailableError) -> Response:
    """What the step needs is away: a page that keeps the pick and has the button that says it again."""
    away = database_away(problem)
    if request.endpoint != "attempts.add_step":
        return away
    try:
        pick = read_pick(request.form.to_dict(flat=False))
    except InvalidError:
        return away
    away.set_data(render_template("attempts/line_lost.html", pick=pick, action=request.path))
    return away
