"""The audit log, which knows that it was read."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import render_template, request, url_for
from flask_babel import get_timezone

from training.admin.audit_queries import Wanted, check_newest, list_actions, read_log
from training.admin.blueprint import bp
from training.admin.people_views import note_read
from training.admin.proved import Answer, proved
from training.database import db
from training.errors import NotFoundError
from training.web import Access, allow
from training.web.text_fields import is_plain, normal


@bp.get("/audit")
@proved
@allow(Access.ADMIN)
def audit_log() -> Answer:
    asked = {name: normal(request.args.get(name)) for name in ("q", "what", "since", "until", "before")}
    if not all(len(text) <= 120 and is_plain(text) for text in asked.values()):
        raise NotFoundError
    note_read("read the audit log", "audit log")
    session = db.session()
    wanted = Wanted(
        asked["q"],
        asked["what"],
        _begin_of(asked["since"]),
        _begin_of(asked["until"], timedelta(days=1)),
        _number(asked["before"]),
    )
    log = read_log(session, wanted)
    kept = {name: text for name, text in asked.items() if text and name != "before"}
    older = url_for("admin.audit_log", before=log.older, **kept) if log.older else ""  # type: ignore[arg-type]
    return render_template(
        "admin/audit.html",
        log=log,
        asked=asked,
        actions=list_actions(session),
        chain=check_newest(session),
        older=older,
    )


def _begin_of(text: str, later: timedelta = timedelta(0)) -> datetime | None:
    """The first instant of a day where the site is; 404 for what is no day."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text) + later
    except (ValueError, OverflowError):
        raise NotFoundError from None
    return datetime.combine(day, time(), ZoneInfo(str(get_timezone())))


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise NotFoundError
    return int(text)
