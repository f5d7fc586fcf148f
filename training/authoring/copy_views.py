"""A draft begun as a copy of something published, which stays as it is."""

from __future__ import annotations

from flask import Response, render_template, request
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from training.authoring.beginning import begin
from training.authoring.blueprint import bp
from training.authoring.copying import copy_text
from training.authoring.forms import TitledForm
from training.authoring.publishing import live_revision
from training.authoring.queries import list_files
from training.database import db
from training.library.models import Kind
from training.web import Access, allow, see_other

KINDS = {
    Kind.SCENARIO: _l("Calls"),
    Kind.LESSON: _l("Tips"),
    Kind.MODULE: _l("Modules"),
    Kind.SKILL: _l("Skills"),
}


class CopyForm(TitledForm):
    """What to copy, as "scenario/x", and what the copy is called."""

    of = SelectField(_l("A copy of"), choices=[])

    @property
    def chosen(self) -> tuple[Kind, str]:
        kind, _slash, slug = str(self.of.data).partition("/")
        return Kind(kind), slug


@bp.get("/new/copy")
@allow(Access.TRAINER)
def new_copy() -> str:
    """What to copy; `?of=scenario/x` chooses it."""
    form = _form()
    if request.args.get("of"):
        form.of.data = request.args["of"]
    return render_template("authoring/copy_form.html", form=form)


@bp.post("/copies")
@allow(Access.TRAINER)
def create_copy() -> Response | tuple[str, int]:
    """A draft of something new with a published text; what is published is not touched."""
    form = _form()
    if form.validate():
        kind, slug = form.chosen
        text = copy_text(live_revision(db.session(), kind, slug).source, form.name)
        if public_id := begin(form, kind, text):
            return see_other("drafts.show", public_id=public_id)
    return render_template("authoring/copy_form.html", form=form), 422


create_copy.back_to = "drafts.new_copy"  # type: ignore[attr-defined]


def _form() -> CopyForm:
    form = CopyForm()
    form.of.choices = {
        str(KINDS[kind]): [SelectChoice(f"{kind}/{one.slug}", one.title) for one in files]
        for kind, files in list_files(db.session()).items()
        if files
    }
    return form
