"""Drafts checked as they stand in the library of today."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask import current_app

from scenarios.graph import BUDGET
from training.authoring import service
from training.authoring.checking import Checked, check_text, read_draft
from training.authoring.models import Draft
from training.authoring.queries import find_draft, find_save
from training.authoring.surroundings import live_shelf
from training.database import db, transaction
from training.library.formats import Shelf
from training.library.models import Kind


def check_draft(draft: Draft, text: str, budget: int = BUDGET) -> Checked:
    """A text of this draft, read and rendered."""
    return check_text(text, Kind(draft.kind), draft.slug, _shelf_around(draft), budget=budget)


def checked_save(draft: Draft, text: str) -> Checked:
    """The newest save with the build that was made when it was saved: nothing is rendered."""
    kind = Kind(draft.kind)
    checked = read_draft(text, kind, draft.slug, _shelf_around(draft))
    return replace(checked, body=draft.preview if draft.preview_version == draft.version else "")


def draw_draft(public_id: str) -> None:
    """Check and render the newest save of a draft that was not written in the editor just now."""
    draft = find_draft(db.session(), public_id)
    newest = find_save(db.session(), draft.id, draft.version)
    number = newest.number
    checked = check_draft(draft, newest.text)
    if checked.body:
        with transaction() as session:
            service.keep_preview(session, public_id, number, checked.body)


def _shelf_around(draft: Draft) -> Shelf:
    content = Path(current_app.root_path) / "content"
    return live_shelf(db.session(), Kind(draft.kind), draft.slug, content)
