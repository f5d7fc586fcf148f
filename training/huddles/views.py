"""A team's huddles: begin one, print it, show it, reveal it, keep what came of it."""

from __future__ import annotations

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask_babel import gettext as _

from training.clock import now
from training.database import db, transaction
from training.errors import InvalidError
from training.huddles import service
from training.huddles.forms import HandsForm, NoteForm, hands_form
from training.huddles.models import Way
from training.huddles.page import HuddlePage, huddle_page
from training.huddles.queries import find_huddle, list_huddles
from training.huddles.sources import from_checks, from_tip
from training.teams.queries import TeamSeen, find_team
from training.web import Access, Page, allow, page_number, see_other, viewer
from training.web.i18n import today_here
from training.web.paging import pages_of

bp = Blueprint("huddles", __name__, url_prefix="/teams/<slug>/huddles")
PAGE = 20
TIP, TEAM = "tip", "team"


def _team(slug: str) -> TeamSeen:
    return find_team(db.session(), slug, viewer())


def _led(slug: str) -> TeamSeen:
    """The team, for whoever may hold a huddle with it: the people who write its desk card."""
    team = _team(slug)
    viewer().require(team.may_write_card)
    return team


def _page(team: TeamSeen, public_id: str) -> HuddlePage:
    return huddle_page(db.session(), team, find_huddle(db.session(), team, public_id), now())


@bp.get("")
@allow(Access.SIGNED_IN)
def index(slug: str) -> str:
    """All that the team has talked about, newest first."""
    team, number = _team(slug), page_number()
    found, total = list_huddles(db.session(), team, number, PAGE)
    page = Page(found, number, pages_of(total, PAGE))
    return render_template(
        "huddles/index.html", team=team, page=page, address=lambda at: url_for(".index", slug=slug, page=at)
    )


@bp.post("")
@allow(Access.LEAD)
def create(slug: str) -> Response:
    """One click: what divides the team most, else this week's tip. `about` asks for one of the two."""
    team, about = _led(slug), request.form.get("about", "")
    if about not in ("", TIP, TEAM):
        raise InvalidError
    session = db.session()
    current = service.open_huddle(session, team.id, now())
    if current is not None and not about:
        return see_other(".show", slug=slug, public_id=current.public_id)
    chosen = from_checks(session, team.id) if about != TIP else None
    if chosen is None and about == TEAM:
        flash(_("Too few people have finished the same check to tell what divides the team."), "error")
        return _back(slug, current.public_id if current else None)
    chosen = chosen or from_tip(session, today_here(team.time_zone))
    if chosen is None:
        flash(_("There is no tip with a decision yet, so there is nothing to talk about."), "error")
        return _back(slug, current.public_id if current else None)
    with transaction() as writing:
        public_id = service.begin_huddle(writing, team.id, chosen, viewer().id, now()).public_id
    return see_other(".show", slug=slug, public_id=public_id)


def _back(slug: str, public_id: str | None) -> Response:
    if public_id is None:
        return see_other("teams.show", slug=slug)
    return see_other(".show", slug=slug, public_id=public_id)


@bp.get("/<public_id>")
@allow(Access.SIGNED_IN)
def show(slug: str, public_id: str) -> str:
    page = _page(_team(slug), public_id)
    return _show(page, _hands(page), _note(page))


def _show(page: HuddlePage, hands: HandsForm, note: NoteForm) -> str:
    return render_template("huddles/show.html", page=page, team=page.team, hands=hands, note=note)


def _hands(page: HuddlePage) -> HandsForm:
    return hands_form(page.decision, page.counts[Way.HANDS])


def _note(page: HuddlePage) -> NoteForm:
    return NoteForm(text=page.huddle.note.text if page.huddle.note else "")


@bp.get("/<public_id>/sheet")
@allow(Access.LEAD)
def sheet(slug: str, public_id: str) -> str:
    """One page of paper."""
    return render_template("huddles/sheet.html", page=_page(_led(slug), public_id))


@bp.get("/<public_id>/screen")
@allow(Access.LEAD)
def screen(slug: str, public_id: str) -> str:
    """For a projector: large, and without anything that is pressed."""
    return render_template("huddles/screen.html", page=_page(_led(slug), public_id))


@bp.post("/<public_id>/hands")
@allow(Access.LEAD)
def count_hands(slug: str, public_id: str) -> Response | tuple[str, int]:
    """A show of hands, counted and typed."""
    page = _page(_led(slug), public_id)
    form = _hands(page)
    if not form.validate():
        return _show(page, form, _note(page)), 422
    with transaction() as session:
        service.count_hands(session, public_id, form.counts(page.decision))
    flash(_("The hands are counted."))
    return see_other(".show", slug=slug, public_id=public_id)


@bp.post("/<public_id>/reveal")
@allow(Access.LEAD)
def reveal(slug: str, public_id: str) -> Response:
    """End the voting and show what the coach says: on the page it was asked from."""
    find_huddle(db.session(), _led(slug), public_id)
    with transaction() as session:
        service.reveal_huddle(session, public_id, now())
    to = ".screen" if request.form.get("on") == "screen" else ".show"
    return see_other(to, slug=slug, public_id=public_id)


@bp.post("/<public_id>/note")
@allow(Access.LEAD)
def write_note(slug: str, public_id: str) -> Response | tuple[str, int]:
    """Keep how the team will say it."""
    page, form = _page(_led(slug), public_id), NoteForm()
    if not form.validate():
        return _show(page, _hands(page), form), 422
    with transaction() as session:
        service.write_note(session, page.huddle.id, form.words, viewer().id, now())
    flash(_("The note is kept on the team's page.") if form.words else _("The note is gone."))
    return see_other(".show", slug=slug, public_id=public_id)
