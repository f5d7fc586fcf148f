"""A call begun from its good path; and the good path of a call, as prose."""

from __future__ import annotations

from flask import Response, flash, render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from scenarios import Compiled, UnprovableError, compile_scenario
from training.authoring.beginning import begin
from training.authoring.blueprint import bp
from training.authoring.checked_drafts import checked_save
from training.authoring.editor_page import DraftSeen, draft_seen
from training.authoring.history_views import bp as history
from training.authoring.ideal_forms import IdealCallForm
from training.authoring.ideal_prose import ideal_prose
from training.authoring.queries import find_draft, find_save
from training.authoring.skeleton import Cast, skeleton
from training.database import db
from training.errors import NotFoundError
from training.library.models import Kind
from training.library.queries import find_published, list_published, load_scenario
from training.web import Access, allow, see_other
from training.web.responses import no_store


@bp.get("/new/ideal-call")
@allow(Access.TRAINER)
def new_ideal_call() -> str:
    """Where the good call is written down."""
    return render_template("authoring/ideal_call_form.html", form=_form())


@bp.post("/ideal-calls")
@allow(Access.TRAINER)
def create_from_ideal_call() -> Response | tuple[str, int]:
    """A draft with a scene for each turn, and all that is still to be written as its problems."""
    form = _form()
    public_id = _begin(form) if form.validate() else None
    if public_id is None:
        return render_template("authoring/ideal_call_form.html", form=form), 422
    turns = len(form.path.turns)
    read = ngettext("Read as one turn.", "Read as %(num)s turns.", turns)
    flash(f"{read} {_('What is still to be written stands under Problems: each leads to its line.')}")
    return see_other("drafts.show", public_id=public_id)


create_from_ideal_call.back_to = "drafts.new_ideal_call"  # type: ignore[attr-defined]


def _begin(form: IdealCallForm) -> str | None:
    cast = Cast(form.name, form.customer.data or "", form.you.data or "", form.chosen_skills)
    return begin(form, Kind.SCENARIO, skeleton(cast, form.path))


@bp.get("/<public_id>/ideal-call")
@allow(Access.TRAINER)
def ideal_call(public_id: str) -> Response:
    """The best way through a draft, as plain prose."""
    draft = find_draft(db.session(), public_id)
    if draft.kind != Kind.SCENARIO:
        raise NotFoundError
    newest = find_save(db.session(), draft.id, draft.version)
    checked = checked_save(draft, newest.text)
    compiled: Compiled | None = None
    if checked.scenario is not None:
        try:
            compiled = compile_scenario(checked.scenario)  # what is still to be written stops no proof
        except UnprovableError:
            compiled = None
    seen = draft_seen(draft, newest)
    return no_store(Response(_prose(compiled, draft=seen, title=seen.file)))


@history.get("/scenario/<slug>/ideal-call")
@allow(Access.TRAINER)
def published_ideal_call(slug: str) -> str:
    """The best way through what is published."""
    found = find_published(db.session(), Kind.SCENARIO, slug)
    build = load_scenario(db.session(), found.revision_id)
    return _prose(build.compiled, draft=None, title=found.title)


def _prose(compiled: Compiled | None, *, draft: DraftSeen | None, title: str) -> str:
    language = compiled.scenario.language if compiled else "en"
    text = ideal_prose(compiled) if compiled else ""
    return render_template(
        "authoring/ideal_call.html", draft=draft, title=title, prose=text, language=language
    )


def _form() -> IdealCallForm:
    form = IdealCallForm()
    form.offer({one.slug: one.title for one in list_published(db.session(), Kind.SKILL)})
    return form
