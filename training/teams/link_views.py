"""A team's links to join, for whoever may make them."""

from typing import cast

from flask import Response, current_app, flash, render_template
from flask_babel import gettext as _

from training.accounts.tokens import token_url
from training.clock import now
from training.database import db, transaction
from training.errors import NotFoundError
from training.settings import Settings
from training.teams.join_links import end_link, list_links, make_link
from training.teams.link_forms import LinkForm
from training.teams.queries import TeamSeen, find_team
from training.teams.views import bp
from training.web import Access, allow, see_other, viewer


def _linked(slug: str) -> TeamSeen:
    team = find_team(db.session(), slug, viewer())
    viewer().require(team.may_link)
    return team


def _page(team: TeamSeen, form: LinkForm) -> str:
    links = list_links(db.session(), team.id, now())
    return render_template("teams/links.html", team=team, form=form, links=links)


@bp.get("/<slug>/links")
@allow(Access.LEAD)
def links(slug: str) -> str:
    return _page(_linked(slug), LinkForm.usual())


@bp.post("/<slug>/links")
@allow(Access.LEAD)
def create_link(slug: str) -> str | tuple[str, int]:
    """A new link. Its address is in this answer and nowhere else, so there is no page to go on to."""
    team, form = _linked(slug), LinkForm()
    if not form.validate():
        return _page(team, form), 422
    with transaction() as session:
        secret = make_link(session, team.id, viewer(), form.ends_at, form.count, now())
    address = token_url(cast("Settings", current_app.extensions["settings"]).base_url, "join", secret)
    return render_template("teams/join_link.html", team=team, address=address, form=form)


@bp.post("/<slug>/links/<public_id>/end")
@allow(Access.LEAD)
def end(slug: str, public_id: str) -> Response:
    team = _linked(slug)
    link = next((one for one in list_links(db.session(), team.id, now()) if one.public_id == public_id), None)
    if link is None:
        raise NotFoundError
    with transaction() as session:
        end_link(session, link, viewer(), now())
    flash(_("That link lets nobody in any more. Who came in by it stays."))
    return see_other("teams.links", slug=slug)
