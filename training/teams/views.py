"""Teams: the list, a team's page, its name and its desk card."""

from flask import Blueprint, Response, flash, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from training.accounts import audit
from training.accounts.forms import add_error
from training.clock import now
from training.database import db, transaction
from training.rendering import Piece, RenderingError, render
from training.teams import service
from training.teams.forms import DeskCardForm, TeamForm
from training.teams.members import list_past_people, list_people
from training.teams.parts import team_parts
from training.teams.queries import find_team, list_teams
from training.web import Access, allow, page_number, see_other, viewer
from training.web.paging import page_of

PAGE = 50
bp = Blueprint("teams", __name__, url_prefix="/teams")


@bp.get("")
@allow(Access.SIGNED_IN)
def index() -> str | Response:
    """The viewer's teams. Whoever has one alone goes straight there; its lead to how it is doing."""
    who = viewer()
    teams = list_teams(db.session(), who)
    if len(teams) == 1 and not who.is_admin:
        only = teams[0]
        return see_other("reports.progress" if only.may_see_progress else "teams.show", slug=only.slug)
    page = page_of(teams, page_number(), PAGE)
    return render_template("teams/index.html", page=page, address=_address_of_page)


def _address_of_page(number: int) -> str:
    return url_for("teams.index", page=number)


@bp.get("/new")
@allow(Access.ADMIN)
def new() -> str:
    return render_template("teams/new.html", form=TeamForm())


@bp.post("")
@allow(Access.ADMIN)
def create() -> Response | tuple[str, int]:
    form = TeamForm()
    if not form.validate():
        return render_template("teams/new.html", form=form), 422
    with transaction() as session:
        if (made := service.find_just_made(session, form.team_name, now())) is not None:
            return see_other("teams.show", slug=made.slug)
        team = service.create_team(session, form.team_name)
        slug = team.slug
        audit.append(
            session, actor=viewer().public_id, action="team created", subject=team.public_id, at=now()
        )
    return see_other("teams.show", slug=slug)


@bp.get("/<slug>")
@allow(Access.SIGNED_IN)
def show(slug: str) -> str:
    team = find_team(db.session(), slug, viewer())
    people = list_people(db.session(), team.id)
    card = Markup(team.desk_card_html)  # noqa: S704  # made safe by training.rendering when it was written
    past = list_past_people(db.session(), team.id) if team.may_see_progress else ()
    parts = team_parts(team)
    return render_template("teams/show.html", team=team, people=people, past=past, card=card, parts=parts)


@bp.get("/<slug>/name")
@allow(Access.LEAD)
def edit_name(slug: str) -> str:
    team = find_team(db.session(), slug, viewer())
    viewer().require(team.may_manage)
    return render_template("teams/name.html", team=team, form=TeamForm(name=team.name))


@bp.post("/<slug>/name")
@allow(Access.LEAD)
def update_name(slug: str) -> Response | tuple[str, int]:
    team = find_team(db.session(), slug, viewer())
    viewer().require(team.may_manage)
    form = TeamForm()
    if not form.validate():
        return render_template("teams/name.html", team=team, form=form), 422
    with transaction() as session:
        service.rename_team(session, team.id, form.team_name)
        me = viewer().public_id
        audit.append(session, actor=me, action="team renamed", subject=team.public_id, at=now())
    flash(_("The team has its new name."))
    return see_other("teams.show", slug=slug)


@bp.get("/<slug>/desk-card")
@allow(Access.SIGNED_IN)
def edit_card(slug: str) -> str:
    team = find_team(db.session(), slug, viewer())
    viewer().require(team.may_write_card)
    return render_template("teams/desk_card.html", team=team, form=DeskCardForm(text=team.desk_card))


@bp.post("/<slug>/desk-card")
@allow(Access.SIGNED_IN)
def update_card(slug: str) -> Response | tuple[str, int]:
    team = find_team(db.session(), slug, viewer())
    viewer().require(team.may_write_card)
    form = DeskCardForm()
    html = _rendered(form) if form.validate() else None
    if html is None:
        return render_template("teams/desk_card.html", team=team, form=form), 422
    with transaction() as session:
        service.write_desk_card(session, team.id, form.card, html)
    flash(_("The desk card is kept. It is shown at every call from now on."))
    return see_other("teams.show", slug=slug)


def _rendered(form: DeskCardForm) -> str | None:
    """The card as it is shown, made before the write lock is taken; None with the form's error set."""
    try:
        return render([Piece(form.card)])[0]
    except RenderingError as problem:
        add_error(form.text, _("This cannot be shown: %(why)s.", why=str(problem)))
        return None
