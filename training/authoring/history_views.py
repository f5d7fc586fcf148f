"""`/studio/history`: every revision of what is published, and taking it down."""

from __future__ import annotations

from flask import Blueprint, Response, flash, render_template, request
from flask_babel import gettext as _

from training.authoring.differences import difference, scenes_of
from training.authoring.forms import WithdrawForm
from training.authoring.history import item_history, source_of
from training.authoring.logged import log
from training.authoring.publication_views import in_the_middle
from training.authoring.publishing import live_revision, unpublish, withdraw
from training.clock import now
from training.database import db, transaction
from training.errors import NotFoundError
from training.library.models import Kind
from training.web import Access, allow, see_other, viewer

bp = Blueprint("history", __name__, url_prefix="/studio/history")


@bp.get("/<kind>/<slug>")
@allow(Access.TRAINER)
def show(kind: str, slug: str) -> str:
    found = item_history(db.session(), _kind(kind), slug)
    return render_template("authoring/history.html", page=found)


@bp.get("/<kind>/<slug>/comparison")
@allow(Access.TRAINER)
def compare(kind: str, slug: str) -> str:
    """Any two revisions beside each other."""
    found = item_history(db.session(), _kind(kind), slug)
    numbers = [one.number for one in found.revisions]
    old, new = _number("old", numbers[-1]), _number("new", numbers[0])
    texts = [source_of(db.session(), found.kind, slug, number) for number in (old, new)]
    changed = difference(found.kind, *texts)
    return render_template("authoring/comparison.html", page=found, old=old, new=new, changed=changed)


@bp.post("/<kind>/<slug>/retirements")
@allow(Access.TRAINER)
def retire(kind: str, slug: str) -> Response:
    """Take it down; nothing that anybody did with it is lost."""
    with transaction() as session:
        unpublish(session, _kind(kind), slug, now())
        log(session, "unpublished", f"{kind}/{slug}")
    flash(_("It is taken down. Whoever is in the middle of it can finish."))
    return see_other("history.show", kind=kind, slug=slug)


@bp.get("/<kind>/<slug>/withdrawal")
@allow(Access.TRAINER)
def withdrawal(kind: str, slug: str) -> str:
    """For a line that has become wrong: what to tell those who played it."""
    return _withdrawal(kind, slug, _withdraw_form(kind, slug))


@bp.post("/<kind>/<slug>/withdrawal")
@allow(Access.TRAINER)
def add_withdrawal(kind: str, slug: str) -> Response | tuple[str, int]:
    form = _withdraw_form(kind, slug)
    if not form.validate():
        return _withdrawal(kind, slug, form), 422
    with transaction() as session:
        withdraw(session, _kind(kind), slug, form.said, form.where, viewer().id, now())
        log(session, "withdrawn", f"{kind}/{slug}")
    flash(_("It is withdrawn. Whoever plays or played it reads your words beside it."))
    return see_other("history.show", kind=kind, slug=slug)


def _withdraw_form(kind: str, slug: str) -> WithdrawForm:
    """With the scenes of the live call to choose from. Other kinds are played by nobody: NotFoundError."""
    if _kind(kind) is not Kind.SCENARIO:
        raise NotFoundError
    live = live_revision(db.session(), Kind.SCENARIO, slug)
    form = WithdrawForm()
    form.scene.choices = [("", _("In the whole call")), *scenes_of(live.source)]
    return form


def _withdrawal(kind: str, slug: str, form: WithdrawForm) -> str:
    found = item_history(db.session(), _kind(kind), slug)
    if not found.live:
        raise NotFoundError
    item_id = live_revision(db.session(), found.kind, slug).item_id
    return render_template(
        "authoring/withdrawal.html", page=found, form=form, open_plays=in_the_middle(item_id)
    )


def _kind(text: str) -> Kind:
    if text not in list(Kind):
        raise NotFoundError
    return Kind(text)


def _number(name: str, usual: int) -> int:
    text = request.args.get(name, "")
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise NotFoundError
    return int(text)
