"""Discussion under a lesson: reading it, saying something, changing it, taking it back. For members."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from training.accounts.forms import add_error
from training.clock import now
from training.database import db, transaction
from training.errors import ConflictError, NotFoundError, ThrottledError
from training.library.discussion import service
from training.library.discussion.forms import CommentForm
from training.library.discussion.threads import (
    PAGE,
    FoundComment,
    find_comment,
    list_threads,
    page_of_comment,
)
from training.library.moved import renamed_to
from training.library.public_pages import site_today
from training.library.queries import Published, load_lesson
from training.library.tip_pages import find_tip
from training.web import Access, Page, allow, page_number, see_other, viewer
from training.web.paging import pages_of
from training.web.responses import no_store

bp = Blueprint("discussion", __name__)


@bp.get("/tips/<slug>/discussion")
@allow(Access.SIGNED_IN)
def show(slug: str) -> str | Response:
    """What is said under a lesson, newest first. With `?answers=` the form replies to that comment."""
    try:
        tip = find_tip(db.session(), slug, site_today(), viewer())
    except NotFoundError:
        there = renamed_to(db.session(), slug, site_today(), viewer())
        if there is None:
            raise
        return redirect(url_for("discussion.show", slug=there), code=301, Response=Response)  # type: ignore[return-value]  # the class given
    return _page(tip, CommentForm(formdata=None), request.args.get("answers", ""))


@bp.post("/tips/<slug>/comments")
@allow(Access.SIGNED_IN)
def create(slug: str) -> Response:
    """Say something; `answers` names the comment that it replies to."""
    tip, form = find_tip(db.session(), slug, site_today(), viewer()), CommentForm()
    answers = request.form.get("answers", "")
    if not form.validate():
        return make_response(_page(tip, form, answers), 422)
    try:
        with transaction() as session:
            head = _found(answers) if answers else None
            public_id = service.post_comment(session, tip, viewer(), form.said, now(), head)
    except ThrottledError as problem:
        words = _(
            "Nothing is lost: what you wrote is below. You said a lot just now; wait a little, then post it."
        )
        add_error(form.text, words)
        response = make_response(_page(tip, form, answers), 429)
        response.headers["Retry-After"] = str(problem.retry_after)
        return response
    except service.ClosedError:
        raise ConflictError(_("This discussion is closed. It can still be read."), _address(slug)) from None
    return see_other("discussion.find", public_id=public_id)


create.back_to = "discussion.show"  # type: ignore[attr-defined]  # where a visitor returns to after signing in


@bp.get("/comments/<public_id>")
@allow(Access.SIGNED_IN)
def find(public_id: str) -> Response:
    """Where a comment stands: feeds and links lead here."""
    found = _found(public_id)
    page = page_of_comment(db.session(), found, viewer())
    there = url_for(
        "discussion.show",
        slug=found.tip.slug,
        page=page if page > 1 else None,
        _anchor=f"comment-{public_id}",
    )
    return no_store(redirect(there, code=303, Response=Response))  # type: ignore[return-value]  # the class given


@bp.get("/comments/<public_id>/edit")
@allow(Access.SIGNED_IN)
def edit(public_id: str) -> str:
    """Change what one said, within fifteen minutes, or take it back, for as long as it stands."""
    found = _own(public_id)
    form = CommentForm(formdata=None, text=found.seen.text) if found.seen.may_edit else None
    return render_template("discussion/edit.html", found=found, form=form)


@bp.post("/comments/<public_id>")
@allow(Access.SIGNED_IN)
def update(public_id: str) -> Response:
    found, form = _own(public_id), CommentForm()
    if not form.validate():
        return make_response(render_template("discussion/edit.html", found=found, form=form), 422)
    try:
        with transaction() as session:
            service.edit_comment(session, found, viewer(), form.said, now())
    except service.ClosedError:
        words = _("What you wrote is below. A comment can be changed for fifteen minutes, and they are over.")
        add_error(form.text, words)
        return make_response(render_template("discussion/edit.html", found=found, form=form), 409)
    return see_other("discussion.find", public_id=public_id)


@bp.post("/comments/<public_id>/removal")
@allow(Access.SIGNED_IN)
def remove(public_id: str) -> Response:
    """Take one's own words back for good."""
    found = _own(public_id)
    with transaction() as session:
        service.remove_comment(session, found, viewer(), now())
    flash(_("Your comment is gone."))
    return see_other("discussion.show", slug=found.tip.slug)


def _found(public_id: str) -> FoundComment:
    return find_comment(db.session(), public_id, viewer(), site_today(), now())


def _own(public_id: str) -> FoundComment:
    found = _found(public_id)
    viewer().require(found.seen.is_mine)
    return found


def _address(slug: str) -> str:
    return url_for("discussion.show", slug=slug)


def _page(tip: Published, form: CommentForm, answers: str) -> str:
    number = page_number() if request.method == "GET" else 1
    lesson = load_lesson(db.session(), tip.revision_id)
    found = list_threads(db.session(), tip.item_id, viewer(), number, now())
    return render_template(
        "discussion/show.html",
        tip=tip,
        lesson=lesson,
        page=Page(found.threads, number, pages_of(found.total, PAGE)),
        form=form if lesson.takes_comments else None,
        answers=answers,
        address=lambda one: url_for("discussion.show", slug=tip.slug, page=one if one > 1 else None),
    )
