"""People: the list, and one person's account."""

from collections.abc import Callable
from typing import cast

from flask import Flask, Response, current_app, render_template, request, url_for
from sqlalchemy.orm import Session

from training.accounts import audit
from training.admin.blueprint import bp
from training.admin.export import people_as_csv
from training.admin.people_forms import PlaceForm, RightsForm
from training.admin.people_queries import KINDS, PAGE, Account, find_account, find_people
from training.admin.proved import Answer, proved
from training.clock import now
from training.database import db, transaction
from training.errors import NotFoundError
from training.web import Access, Page, allow, page_number, viewer
from training.web.i18n import today_here
from training.web.paging import pages_of
from training.web.text_fields import is_plain, normal

PersonLink = Callable[[str], tuple[str, str]]


def note_read(action: str, subject: str) -> None:
    """What an admin read is in the log: one of the two writes that a GET may make."""
    with transaction() as session:
        note(session, action, subject)


def note(session: Session, action: str, subject: str) -> None:
    audit.append(session, actor=viewer().public_id, action=action, subject=subject, at=now())


@bp.get("/people")
@allow(Access.ADMIN)
def people() -> str:
    q, kind = normal(request.args.get("q"))[:120], request.args.get("kind", "")
    if not is_plain(q) or (kind and kind not in KINDS):
        raise NotFoundError
    note_read("read the list of people", "people")
    number = page_number()
    found = find_people(db.session(), q, kind, number)
    page = Page(found.rows, number, pages_of(found.total, PAGE))
    if number > page.last:
        raise NotFoundError

    def address(other: int) -> str:
        return url_for("admin.people", q=q or None, kind=kind or None, page=other)

    return render_template(
        "admin/people.html", page=page, total=found.total, q=q, kind=kind, kinds=KINDS, address=address
    )


@bp.get("/people.csv")
@proved
@allow(Access.ADMIN)
def export_people() -> Answer:
    """Everybody and their places, in the columns that an import reads."""
    note_read("people as CSV", "people")
    response = Response(people_as_csv(db.session()), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="people-{today_here().isoformat()}.csv"'
    return response


@bp.get("/people/<public_id>")
@allow(Access.ADMIN)
def person(public_id: str) -> str:
    account = find_account(db.session(), public_id, now())
    note_read("read a person's account", public_id)
    form = PlaceForm.about(account)
    return person_page(account, RightsForm(data=vars_of(account)), form)


def vars_of(account: Account) -> dict[str, bool]:
    return {"is_trainer": account.is_trainer, "is_admin": account.is_admin}


def person_page(account: Account, rights: RightsForm, place: PlaceForm) -> str:
    found = cast("list[PersonLink]", current_app.extensions["person_links"])
    links = [link(account.public_id) for link in found]
    return render_template("admin/person.html", account=account, rights=rights, place=place, links=links)


def add_person_link(app: Flask, link: PersonLink) -> None:
    """Let a feature above put a way to a page of its own on everybody's account: words and address."""
    cast("list[PersonLink]", app.extensions["person_links"]).append(link)
