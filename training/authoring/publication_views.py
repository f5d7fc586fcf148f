"""Publishing a draft: what would change, for whom, and the button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from flask import Response, current_app, flash, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from training.authoring.blueprint import bp
from training.authoring.checked_drafts import check_draft, checked_save
from training.authoring.checking import Checked
from training.authoring.differences import Difference, difference
from training.authoring.editor_page import draft_seen
from training.authoring.forms import PublishForm
from training.authoring.logged import log
from training.authoring.models import Draft
from training.authoring.publishing import (
    LiveRevision,
    approve,
    is_approved,
    is_same,
    live_revision,
    publish_draft,
)
from training.authoring.queries import find_draft, find_save
from training.clock import now
from training.database import db, transaction
from training.errors import ConflictError, InvalidError
from training.library.models import Kind
from training.settings import Settings
from training.web import Access, allow, see_other, viewer

InTheMiddle = Callable[[Session, int], int]


@bp.get("/<public_id>/publication")
@allow(Access.TRAINER)
def publication(public_id: str) -> str:
    """What publishing it would change, scene by scene, and who is in the middle of it."""
    return _page(find_draft(db.session(), public_id), PublishForm())


@bp.post("/<public_id>/publication")
@allow(Access.TRAINER)
def publish(public_id: str) -> Response | tuple[str, int]:
    """Only what proves is published; it is read, proved in full and rendered before anything is written."""
    draft, form = find_draft(db.session(), public_id), PublishForm()
    if not form.validate():
        return _page(draft, form), 422
    if needs_approval() and not is_approved(db.session(), draft):
        raise ConflictError(_("A second person has to approve it first."), request.path)
    checked = check_draft(draft, find_save(db.session(), draft.id, draft.version).text)
    kind, slug = draft.kind, draft.slug
    with transaction() as session:
        if publish_draft(session, public_id, checked, form.seen, form.said, viewer().id, now()):
            log(session, "published", f"{kind}/{slug}")
    flash(_("Published. Whoever begins it from now on gets this; whoever is in the middle finishes theirs."))
    return see_other("history.show", kind=kind, slug=slug)


@bp.post("/<public_id>/approvals")
@allow(Access.TRAINER)
def add_approval(public_id: str) -> Response:
    """A second person's word that it may be published as it stands."""
    version = request.form.get("version", "")
    if not (version.isascii() and version.isdigit() and len(version) < 9):
        raise InvalidError
    with transaction() as session:
        approve(session, public_id, int(version), viewer().id, now())
        log(session, "draft approved", public_id)
    return see_other("drafts.publication", public_id=public_id)


def needs_approval() -> bool:
    return cast("Settings", current_app.extensions["settings"]).second_approval


def in_the_middle(item_id: int | None) -> int:
    """How many have begun it and not ended, as those who keep plays count them."""
    counts = cast("Sequence[InTheMiddle]", current_app.extensions["in_the_middle"])
    return sum(count(db.session(), item_id) for count in counts) if item_id else 0


def _page(draft: Draft, form: PublishForm) -> str:
    session, kind = db.session(), Kind(draft.kind)
    newest = find_save(session, draft.id, draft.version)
    checked, live = checked_save(draft, newest.text), live_revision(session, kind, draft.slug)
    return render_template(
        "authoring/publication.html",
        draft=draft_seen(draft, newest),
        form=form,
        checked=checked,
        live=live,
        is_behind=live.number > 0 and live.revision_id != draft.base_revision_id,
        stops=_what_stops(draft, checked, live, newest.text),
        changed=_changed(kind, live, newest.text),
        open_plays=in_the_middle(live.item_id) if kind is Kind.SCENARIO else 0,
        needs_approval=needs_approval(),
        is_approved=is_approved(session, draft),
        may_approve=newest.saved_by_id != viewer().id,
    )


def _changed(kind: Kind, live: LiveRevision, text: str) -> Difference | None:
    return difference(kind, live.source, text) if live.number else None


def _what_stops(draft: Draft, checked: Checked, live: LiveRevision, text: str) -> str:
    """Why it cannot be published now, as a sentence; empty where nothing stops it."""
    if draft.closed_at is not None:
        return str(_("This draft is closed: it was published or laid aside."))
    if is_same(live, text):
        return str(_("This is what is published already."))
    if checked.draft is not None and checked.draft.hidden:
        return str(_("Its front matter says “draft: yes”. Take that line out to publish it."))
    if not checked.is_ready:
        return str(_("It has errors. Mend them first: only what proves is published."))
    return ""
