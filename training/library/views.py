"""Tips, skills and the help page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import cast

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from training.clock import now
from training.database import db, transaction
from training.errors import InvalidError, NotFoundError
from training.library.archive import PAGE, Choice, list_facets, list_tips
from training.library.completions import complete_lesson
from training.library.models import Kind
from training.library.moved import renamed_to, retired_tip, was_live
from training.library.public_pages import closed, public, site_today, unchanged
from training.library.queries import list_published
from training.library.rules import READ, reply_number
from training.library.search import LONGEST_QUERY
from training.library.skill_pages import OwnMoments, moments_by_skill, skill_page
from training.library.tip_pages import find_tip, tip_page
from training.web import Access, Page, allow, page_number, see_other, viewer
from training.web.access import viewer_or_none
from training.web.paging import pages_of
from training.web.responses import no_store

tips = Blueprint("tips", __name__, url_prefix="/tips")
skills = Blueprint("skills", __name__, url_prefix="/skills")
help_pages = Blueprint("help", __name__)


@tips.get("")
@allow(Access.ANYONE)
def index() -> Response:
    """The archive, newest first."""
    if (answer := closed() or unchanged()) is not None:
        return answer
    number, choice = page_number(), _choice()
    found = list_tips(db.session(), site_today(), viewer_or_none(), number, choice)
    page = Page(found.rows, number, pages_of(found.total, PAGE))
    facets = list_facets(db.session(), site_today())
    html = render_template(
        "library/tips.html",
        page=page,
        total=found.total,
        facets=facets,
        choice=choice,
        address=_addresses(choice),
    )
    return public(html)


@tips.get("/<slug>")
@allow(Access.ANYONE)
def show(slug: str) -> Response:
    """A lesson. With `?reply=n` that reply is picked and one button says it: this is where mail lands."""
    if (answer := closed() or unchanged()) is not None:
        return answer
    try:
        page = tip_page(db.session(), slug, site_today(), viewer_or_none())
    except NotFoundError:
        return _elsewhere(slug)
    picked = page.lesson.reply(reply_number(request.args.get("reply", "")))
    # A visitor's reply is shown and not kept: nothing is written, so this may be an address.
    answered = page.lesson.reply(page.answered)
    if picked is not None and viewer_or_none() is None and "said" in request.args:
        answered = picked
    html = render_template(
        "library/tip.html", page=page, picked=picked, answered=answered, today=site_today()
    )
    return no_store(make_response(html)) if picked else public(html)


def _elsewhere(slug: str) -> Response:
    """Where to go from an address without a tip: old mails and bookmarks lead to it. Else NotFoundError."""
    session, today = db.session(), site_today()
    if (renamed := renamed_to(session, slug, today, viewer_or_none())) is not None:
        there = url_for("tips.show", slug=renamed, reply=reply_number(request.args.get("reply", "")))
        return cast("Response", redirect(there, code=301, Response=Response))
    tip = retired_tip(session, slug, today)
    if tip is None:
        raise NotFoundError
    return no_store(make_response(render_template("library/retired.html", tip=tip), 404))


@tips.post("/<slug>/completions")
@allow(Access.SIGNED_IN)
def complete(slug: str) -> Response:
    """`how=read`, or `reply=n` for the decision. The first answer is the one that is kept."""
    reply = reply_number(request.form.get("reply", ""))
    if reply is None and request.form.get("how") != READ:
        raise InvalidError
    with transaction() as session:
        tip = find_tip(session, slug, site_today(), viewer())
        complete_lesson(session, viewer().id, tip, now(), reply)
    return see_other("tips.show", slug=slug, _anchor="your-call" if reply else "done")


complete.back_to = "tips.show"  # type: ignore[attr-defined]  # where a visitor returns to after signing in


@skills.get("")
@allow(Access.SIGNED_IN)
def list_skills() -> str:
    """The catalogue, with the reader's own moments."""
    skills = list_published(db.session(), Kind.SKILL)
    return render_template("library/skills.html", skills=skills, moments=_own_moments())


@skills.get("/<slug>")
@allow(Access.SIGNED_IN)
def show_skill(slug: str) -> str:
    """One skill, with the tips and calls that are about it."""
    try:
        page = skill_page(db.session(), slug, site_today(), viewer())
    except NotFoundError:
        if not was_live(db.session(), Kind.SKILL, slug):
            raise
        raise NotFoundError(
            _("This skill is no longer in the catalogue. What you practised is kept.")
        ) from None
    return render_template("library/skill.html", page=page, moments=_own_moments().get(slug, ()))


def _own_moments() -> dict[str, tuple[str, ...]]:
    sources = cast("Sequence[OwnMoments]", current_app.extensions["own_moments"])
    return moments_by_skill(db.session(), viewer().id, sources)


@help_pages.get("/help")
@allow(Access.ANYONE)
def show_help() -> str:
    """What this place is, how a call is played, and who sees what."""
    return render_template("library/help.html")


def _choice() -> Choice:
    """What the address narrows the archive down to: words, or else a topic, a skill, a year."""
    if asked := request.args.get("q", "").strip()[:LONGEST_QUERY]:
        return Choice(q=asked)
    year = request.args.get("year", "")
    if year and not re.fullmatch(r"[1-9]\d{3}", year, re.ASCII):
        raise NotFoundError
    return Choice("", request.args.get("topic", ""), request.args.get("skill", ""), year)


def _addresses(choice: Choice) -> Callable[[int], str]:
    """Where each page of the archive is, as it is narrowed down now."""
    kept = {name: value for name, value in asdict(choice).items() if value}

    def address(number: int) -> str:
        return url_for("tips.index", **kept, page=number) if number > 1 else url_for("tips.index", **kept)

    return address
