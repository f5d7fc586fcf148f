"""The last steps of every way to begin: the address is free, the draft is kept once, logged and drawn."""

from __future__ import annotations

from flask_babel import gettext as _

from training.accounts.forms import add_error
from training.authoring import service
from training.authoring.checked_drafts import draw_draft
from training.authoring.forms import TitledForm
from training.authoring.logged import log
from training.clock import now
from training.database import db, transaction
from training.library.models import Kind
from training.web import viewer


def is_free(form: TitledForm, kind: Kind) -> bool:
    """Whether nothing has the address of the form's title; where something has, the form says so."""
    if not service.is_taken(db.session(), kind, form.slug):
        return True
    add_error(form.title, _("Something has that address already. Open that, or choose another title."))
    return False


def begin(form: TitledForm, kind: Kind, text: str) -> str | None:
    """A new draft under the form's title, checked and drawn: its public id. None where the form says why not.

    A form that comes twice begins one draft; any other whose address is taken begins none.
    """
    with transaction() as session:
        known = service.find_begun(session, kind, form.slug, text, viewer().id)
        if known is not None or not is_free(form, kind):
            return known
        public_id = service.begin_draft(session, kind, form.slug, text, viewer().id, now())
        log(session, "draft begun", public_id)
    draw_draft(public_id)
    return public_id
