"""`/studio/deliveries` for trainers, and the delivery log for administrators."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _

from training.accounts import audit
from training.admin.people_views import note_read
from training.admin.proved import Answer, back_to, proved
from training.clock import now
from training.database import db, transaction
from training.deliveries.queries import find_issue, list_by_name, list_issues, read_log
from training.errors import NotFoundError
from training.mail.models import MessageState
from training.mail.service import resend
from training.teams.proof import is_recent
from training.web import Access, allow, see_other, viewer

bp = Blueprint("deliveries", __name__)


def state_names() -> dict[str, str]:
    """Each state of a mail, in words."""
    return {
        MessageState.QUEUED: _("waits"),
        MessageState.SENDING: _("on its way"),
        MessageState.SENT: _("sent"),
        MessageState.FAILED: _("failed"),
        MessageState.UNCERTAIN: _("uncertain"),
        MessageState.SUPPRESSED: _("not sent"),
        MessageState.RETURNED: _("came back"),
    }


@bp.get("/studio/deliveries")
@allow(Access.TRAINER)
def index() -> str:
    return render_template("deliveries/index.html", issues=list_issues(db.session()))


@bp.get("/studio/deliveries/<public_id>")
@allow(Access.TRAINER)
def show(public_id: str) -> str:
    """One issue. Who did not get it stands here by name for an administrator who proved who they are."""
    issue = find_issue(db.session(), public_id)
    named = []
    if viewer().is_admin and issue.has_names and is_recent():
        note_read("read addresses of a mailing", public_id)
        named = list_by_name(db.session(), public_id)
    return render_template("deliveries/show.html", issue=issue, named=named)


@bp.post("/studio/deliveries/<public_id>/resends")
@back_to("deliveries.show")
@proved
@allow(Access.ADMIN)
def send_again(public_id: str) -> Answer:
    """`message=…`: one uncertain mail goes once more; it may arrive twice, and that is known."""
    find_issue(db.session(), public_id)
    message = request.form.get("message", "")
    with transaction() as session:
        known = {line.public_id for line in list_by_name(session, public_id)}
        if message not in known or not resend(session, message, now()):
            raise NotFoundError
        audit.append(
            session, actor=viewer().public_id, action="resend an uncertain mail", subject=message, at=now()
        )
    flash(_("It goes out once more. If the first one arrived, it is there twice."))
    return see_other("deliveries.show", public_id=public_id)


@bp.get("/admin/mail")
@proved
@allow(Access.ADMIN)
def log() -> Answer:
    """All mail, newest first: whom to, what became of it and why."""
    state, before = request.args.get("state", ""), request.args.get("before", "0")
    if state and state not in list(MessageState):
        raise NotFoundError
    if not (before.isascii() and before.isdigit() and len(before) < 16):
        raise NotFoundError
    note_read("read the delivery log", "delivery log")
    found = read_log(db.session(), state, int(before))
    older = url_for("deliveries.log", state=state or None, before=found.older) if found.older else ""
    return render_template("deliveries/log.html", log=found, state=state, states=state_names(), older=older)
