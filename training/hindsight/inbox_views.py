"""`/studio/inbox`: what learners said back, and what happened to them; and telling such a story."""

from __future__ import annotations

from flask import Blueprint, Response, flash, render_template
from flask_babel import gettext as _

from training.authoring import service as drafts
from training.authoring.beginning import is_free
from training.authoring.checked_drafts import draw_draft
from training.authoring.forms import NewDraftForm
from training.authoring.logged import log
from training.authoring.queries import find_draft
from training.clock import now
from training.database import db, transaction
from training.hindsight import service
from training.hindsight.forms import AnswerForm, StoryForm
from training.hindsight.inbox import read_inbox
from training.hindsight.story_text import text_from
from training.library.models import Kind
from training.web import Access, allow, see_other, viewer

bp = Blueprint("inbox", __name__, url_prefix="/studio/inbox")
stories = Blueprint("stories", __name__, url_prefix="/stories")


@bp.get("")
@allow(Access.TRAINER)
def index() -> str:
    return _inbox(AnswerForm(formdata=None), NewDraftForm(formdata=None), "")


@bp.post("/remarks/<public_id>/answer")
@allow(Access.TRAINER)
def answer(public_id: str) -> Response | tuple[str, int]:
    """Answer and close; without a word it is closed."""
    form = AnswerForm()
    if not form.validate():
        return _inbox(form, NewDraftForm(formdata=None), public_id), 422
    with transaction() as session:
        service.close_remark(session, public_id, form.said, viewer().id, now())
        log(session, "remark closed", public_id)
    flash(_("Closed. Whoever sent it reads your answer on Today.") if form.said else _("Closed."))
    return see_other("inbox.index")


@bp.post("/stories/<public_id>/draft")
@allow(Access.TRAINER)
def begin(public_id: str) -> Response | tuple[str, int]:
    """A draft of a call with the story as a note in it; whoever told it hears when it is live."""
    form = NewDraftForm()
    if not form.validate() or not is_free(form, Kind.SCENARIO):
        return _inbox(AnswerForm(formdata=None), form, public_id), 422
    with transaction() as session:
        story, by = service.open_story(session, public_id), viewer().id
        text = text_from(form.name, story.text)
        draft = drafts.begin_draft(session, Kind.SCENARIO, form.slug, text, by, now())
        service.close_story(session, story, by, now(), find_draft(session, draft).id)
        log(session, "draft begun", draft)
    draw_draft(draft)
    return see_other("drafts.show", public_id=draft)


@bp.post("/stories/<public_id>/closing")
@allow(Access.TRAINER)
def close(public_id: str) -> Response:
    """Read, and no call is made of it."""
    with transaction() as session:
        service.close_story(session, service.open_story(session, public_id), viewer().id, now())
        log(session, "story closed", public_id)
    flash(_("Closed."))
    return see_other("inbox.index")


@stories.get("/new")
@allow(Access.SIGNED_IN)
def new() -> str:
    return render_template("hindsight/story.html", form=StoryForm())


@stories.post("")
@allow(Access.SIGNED_IN)
def create() -> Response | tuple[str, int]:
    form = StoryForm()
    if not form.validate():
        return render_template("hindsight/story.html", form=form), 422
    with transaction() as session:
        service.tell_story(session, viewer(), form.said, now())
    flash(_("Thank you: your trainers read it. Where a call comes of it, Today tells you."))
    return see_other("today.index")


def _inbox(form: AnswerForm, begin_form: NewDraftForm, about: str) -> str:
    """`about`: the remark or the story whose form is shown again."""
    return render_template(
        "hindsight/inbox.html", page=read_inbox(db.session()), form=form, begin_form=begin_form, about=about
    )


for view in (answer, begin, close):
    view.back_to = "inbox.index"  # type: ignore[attr-defined]
create.back_to = "stories.new"  # type: ignore[attr-defined]
