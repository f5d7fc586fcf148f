"""Importing people: send a file, look at what it would do, confirm."""

from typing import Any

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from training.accounts.forms import add_error
from training.admin.applying import apply_plan
from training.admin.blueprint import bp
from training.admin.import_forms import ChoicesForm, ConfirmForm, FileForm, choices_in_address
from training.admin.importing import Preview, ReadFile, compare_file, read_file
from training.admin.kept import claim_file, find_file, keep_file
from training.admin.proved import Answer, back_to, proved
from training.admin.table import UnreadableError, read_table
from training.clock import now
from training.database import db, transaction
from training.errors import InvalidError
from training.teams.models import Team
from training.web import Access, allow, page_number, see_other, viewer
from training.web.paging import page_of
from training.web.proxies import allow_body

# 50,000 rows of a name, an address, a number, a team and a role are some four million characters.
MAX_FILE = 8 * 1024 * 1024
PROBLEMS, SHOWN = 100, 10


@bp.get("/people/imports/new")
@allow(Access.ADMIN)
def new_import() -> str:
    return _new(FileForm(), ChoicesForm())


def _new(form: FileForm, choices: ChoicesForm) -> str:
    return render_template("admin/new_import.html", form=form, choices=choices)


@bp.post("/people/imports")
@back_to("admin.new_import")
@allow_body(MAX_FILE)
@allow(Access.ADMIN)
def create_import() -> Answer:
    """Keep the file until it is confirmed. One that makes no sense at all is told at once."""
    form, choices = FileForm(), ChoicesForm(request.form)
    if not form.validate():
        return _new(form, choices), 422
    name, body = form.sent
    try:
        read_table(body)
    except UnreadableError as problem:
        add_error(form.file, problem.message)
        return _new(form, choices), 422
    with transaction() as session:
        public_id = keep_file(session, name, body, viewer(), now()).public_id
    return see_other("admin.show_import", public_id=public_id, **choices.arguments)


@bp.get("/people/imports/<public_id>")
@allow(Access.ADMIN)
def show_import(public_id: str) -> str | Response:
    """What the file would do, and every problem by its row. Looking again changes nothing."""
    kept = find_file(db.session(), public_id, viewer(), now())
    if kept.applied_at is not None:
        return see_other("admin.people")
    choices = choices_in_address()
    name, body = kept.called, kept.body
    preview = compare_file(db.session(), read_file(body), choices.choices)
    page = page_of(preview.plan.problems, page_number(), PROBLEMS)

    def address(number: int) -> str:
        values: dict[str, Any] = {**choices.arguments, "page": number}
        return url_for(".show_import", public_id=public_id, **values)

    return render_template(
        "admin/import.html",
        file=name,
        public_id=public_id,
        choices=choices,
        preview=preview,
        plan=preview.plan,
        page=page,
        address=address,
        shown=SHOWN,
        form=ConfirmForm(seen=preview.plan.fingerprint),
    )


@bp.post("/people/imports/<public_id>")
@back_to("admin.show_import")
@proved
@allow(Access.ADMIN)
def confirm_import(public_id: str) -> Answer:
    """Write what was looked at: all of it, or nothing. A second press finds it done."""
    kept, form = find_file(db.session(), public_id, viewer(), now()), ConfirmForm()
    if not form.validate():
        raise InvalidError
    choices = choices_in_address()
    if kept.applied_at is not None:
        return see_other("admin.people")
    try:
        preview = _write(public_id, read_file(kept.body), choices, form.fingerprint)
    except (_ChangedError, IntegrityError):
        flash(_("The site changed since you looked, so nothing was written. This is what the file does now."))
        return see_other("admin.show_import", public_id=public_id, **choices.arguments)
    if preview is not None:
        flash(_said(preview))
    return see_other("admin.people")


class _ChangedError(Exception):
    """What would be written is not what was looked at."""


def _write(public_id: str, file: ReadFile, choices: ChoicesForm, seen: str) -> Preview | None:
    """The file was read before the lock is taken: reading takes longest, and what is kept never changes."""
    at = now()
    with transaction() as session:
        kept = find_file(session, public_id, viewer(), at)
        if not claim_file(session, kept, at):
            return None
        session.execute(select(Team.id).with_for_update()).all()  # nobody leaves a team between look and line
        preview = compare_file(session, file, choices.choices)
        if preview.plan.problems or preview.plan.fingerprint != seen:
            raise _ChangedError
        apply_plan(
            session,
            preview.plan,
            by=viewer().id,
            actor=viewer().public_id,
            invite=choices.choices.invite,
            at=at,
        )
    return preview


def _said(preview: Preview) -> str:
    plan = preview.plan
    new = ngettext("%(num)s person is new", "%(num)s people are new", len(plan.new))
    changed = ngettext("%(num)s changed", "%(num)s changed", len(plan.touched))
    return str(_("Done: %(new)s, %(changed)s.", new=new, changed=changed))
