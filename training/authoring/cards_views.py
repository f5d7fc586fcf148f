"""A call written by card: each card is a form, and each form changes its own lines of the text."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from scenarios import slug as address_of
from scenarios.cards import (
    NewScene,
    RefusedError,
    Sheet,
    add_reply,
    add_scene,
    change_reply,
    change_scene,
    move_reply,
    open_sheet,
    read_scene,
    remove_reply,
    rename_scene,
)
from training.authoring.blueprint import bp
from training.authoring.card_forms import NameForm, NewSceneForm, ReplyForm, SceneForm
from training.authoring.cards_page import Form, cards_page
from training.authoring.checked_drafts import check_draft, checked_save
from training.authoring.editor_page import draft_seen
from training.authoring.models import Draft, DraftSave
from training.authoring.queries import find_draft, find_save
from training.authoring.saving import save_checked, version_sent
from training.database import db
from training.errors import ConflictError, NotFoundError
from training.library.models import Kind
from training.web import Access, allow, see_other
from training.web.responses import no_store

Edit = Callable[[Sheet], str]


@bp.get("/<public_id>/cards")
@allow(Access.TRAINER)
def cards(public_id: str) -> Response:
    """The cards of one scene, of the newest save."""
    draft = _call(public_id)
    return _page(draft, find_save(db.session(), draft.id, draft.version))


@bp.post("/<public_id>/cards/changes")
@allow(Access.TRAINER)
def change_card(public_id: str) -> BaseResponse:
    """A reply as its card says it now; one of its two arrows moves it as well."""
    number, scene, way = _number(), _scene(), request.form.get("move", "")
    form = ReplyForm(request.form, f"reply-{number}-")

    def edit(sheet: Sheet) -> str:
        text = _with_scene(sheet, form, lambda now, to: change_reply(now, scene, number, form.change(to)))
        if way in ("up", "down"):
            return move_reply(open_sheet(text), scene, number, -1 if way == "up" else 1)
        return text

    there = number + {"up": -1, "down": 1}.get(way, 0)
    return _change(public_id, form, edit, f"reply-{there}")


@bp.post("/<public_id>/cards/replies")
@allow(Access.TRAINER)
def add_card(public_id: str) -> BaseResponse:
    """One more reply in a scene."""
    form, scene = ReplyForm(request.form, "new-"), _scene()

    def edit(sheet: Sheet) -> str:
        return _with_scene(sheet, form, lambda now, to: add_reply(now, scene, form.reply(to)))

    return _change(public_id, form, edit, "new")


@bp.post("/<public_id>/cards/lines")
@allow(Access.TRAINER)
def change_lines(public_id: str) -> BaseResponse:
    """What is said in a scene before anybody replies, and how it ends."""
    form, scene = SceneForm(request.form, "scene-"), _scene()
    return _change(public_id, form, lambda sheet: change_scene(sheet, scene, form.change), "scene")


@bp.post("/<public_id>/cards/names")
@allow(Access.TRAINER)
def rename(public_id: str) -> BaseResponse:
    """A scene called otherwise; every link to it follows."""
    form, scene = NameForm(request.form, "title-"), _scene()
    name = address_of(" ".join((form.name.data or "").split()))
    return _change(
        public_id, form, lambda sheet: rename_scene(sheet, scene, form.name.data or ""), "title", name
    )


@bp.post("/<public_id>/cards/scenes")
@allow(Access.TRAINER)
def add_scene_card(public_id: str) -> BaseResponse:
    """One more scene, after the one that is looked at."""
    form, scene = NewSceneForm(request.form, "more-"), _scene()
    name = address_of(" ".join((form.name.data or "").split()))
    return _change(public_id, form, lambda sheet: add_scene(sheet, form.scene(scene)), "title", name)


@bp.get("/<public_id>/cards/removal")
@allow(Access.TRAINER)
def removal(public_id: str) -> BaseResponse:
    """Ask back before a reply is taken out."""
    draft = _call(public_id)
    newest = find_save(db.session(), draft.id, draft.version)
    scene = read_scene(open_sheet(newest.text), _scene())
    number = _number()
    if scene is None or not 1 <= number <= len(scene.replies):
        return see_other("drafts.cards", public_id=public_id)
    seen, reply = draft_seen(draft, newest), scene.replies[number - 1]
    html = render_template("authoring/card_removal.html", draft=seen, scene=scene, reply=reply)
    return no_store(Response(html))


@bp.post("/<public_id>/cards/removals")
@allow(Access.TRAINER)
def remove_card(public_id: str) -> BaseResponse:
    """Take a reply out of its scene."""
    scene, number = _scene(), _number()
    form = NameForm(None, "none-")
    return _change(public_id, form, lambda sheet: remove_reply(sheet, scene, number), "scene")


for view in (change_card, add_card, change_lines, rename, add_scene_card, remove_card):
    view.back_to = "drafts.cards"  # type: ignore[attr-defined]


def _with_scene(sheet: Sheet, form: ReplyForm, edit: Callable[[Sheet, str], str]) -> str:
    """The edit of a reply, after the scene that it shall lead to was added."""
    if form.wants_scene:
        sheet = open_sheet(add_scene(sheet, NewScene(form.wants_scene, _scene())))
        return edit(sheet, address_of(form.wants_scene))
    return edit(sheet, form.target.data or "")


def _change(public_id: str, form: Form, edit: Edit, at: str, scene: str = "") -> BaseResponse:
    """Make the edit on the save that the card was read from, and save it; or show the card again, and why."""
    draft, version = _call(public_id), version_sent()
    base = _base(draft, version)
    sheet = open_sheet(base.text)
    if sheet.errors:
        return see_other("drafts.cards", public_id=public_id)
    try:
        text = edit(sheet) if form.validate() else None
    except RefusedError as refused:
        text = None
        _say(form, str(refused), refused.field)
    if text is None:
        return _page(draft, base, form)
    if text != base.text:
        collision = save_checked(draft, version, check_draft(draft, text))
        if collision is not None:
            return collision
    there = f"reply-{_replies(text)}" if at == "new" else at
    return see_other("drafts.cards", public_id=public_id, scene=scene or _scene(), at=there, _anchor=there)


def _replies(text: str) -> int:
    scene = read_scene(open_sheet(text), _scene())
    return len(scene.replies) if scene else 0


def _say(form: Form, words: str, name: str) -> None:
    """Put what was refused beside its field, or above the form where it is of the whole card."""
    field = getattr(
        form, {"name": "scene_name"}.get(name, name) if isinstance(form, ReplyForm) else name, None
    )
    if name and field is not None and hasattr(field, "errors"):
        field.errors = [*field.errors, words]
    else:
        form.form_errors.append(words)


def _page(draft: Draft, save: DraftSave, sent: Form | None = None) -> Response:
    at = request.args.get("at", "")[:40]
    page = cards_page(draft, save, checked_save(draft, save.text), _scene(), at, sent)
    html = render_template("authoring/cards.html", page=page, draft=page.draft)
    return no_store(Response(html, 422 if sent else 200))


def _base(draft: Draft, version: int) -> DraftSave:
    """The save that a card was read from. ConflictError where it is gone."""
    try:
        return find_save(db.session(), draft.id, version)
    except NotFoundError:
        raise ConflictError(
            _("This card is from a version that is no longer kept. Open the cards again.")
        ) from None


def _call(public_id: str) -> Draft:
    draft = find_draft(db.session(), public_id)
    if draft.kind != Kind.SCENARIO:
        raise NotFoundError
    return draft


def _scene() -> str:
    return request.values.get("scene", "")[:200]


def _number() -> int:
    """Which reply of its scene, counted from 1."""
    text = request.values.get("reply", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
