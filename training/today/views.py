"""A learner's own pages: today, and the modules."""

from flask import Blueprint, render_template
from flask_babel import gettext as _
from flask_babel import to_user_timezone

from training.clock import now
from training.database import db
from training.errors import NotFoundError
from training.library.models import Kind
from training.library.moved import was_live
from training.reports.words import number
from training.today.queries import module_list, module_page, today_page
from training.today.rules import part_of_day
from training.web import Access, allow, viewer
from training.web.i18n import today_here

bp = Blueprint("today", __name__)


@bp.get("/")
@allow(Access.SIGNED_IN)
def index() -> str:
    """One thing to do next. A visitor is sent to sign in."""
    page = today_page(db.session(), viewer().id, today_here(), now())
    minutes = number(page.step.about.minutes) if page.step and page.step.about else ""
    part = part_of_day(to_user_timezone(now()))
    return render_template("today/index.html", page=page, part=part, minutes=minutes)


@bp.get("/modules")
@allow(Access.SIGNED_IN)
def modules() -> str:
    page = module_list(db.session(), viewer().id, today_here())
    return render_template("today/modules.html", page=page)


@bp.get("/modules/<slug>")
@allow(Access.SIGNED_IN)
def module(slug: str) -> str:
    try:
        page = module_page(db.session(), slug, viewer().id, today_here())
    except NotFoundError:
        if not was_live(db.session(), Kind.MODULE, slug):
            raise
        raise NotFoundError(_("This module is no longer here. What you did in it is kept.")) from None
    return render_template("today/module.html", page=page)
