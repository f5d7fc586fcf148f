"""What a passer-by at an open browser must not see or do is asked for by password first."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, cast
from urllib.parse import urlsplit

from flask import Response, current_app, flash, render_template, request, url_for
from flask_babel import gettext as _

from training.accounts.doorway import go_to
from training.admin.blueprint import bp
from training.teams.forms import ProofForm
from training.teams.proof import is_proved, is_recent
from training.web import Access, allow, see_other
from training.web.safe_next import safe_next

Given = ParamSpec("Given")
Answer = str | Response | tuple[str, int]


def proved(view: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Open a view only to a browser that proved within fifteen minutes who is at it; else ask, and come back.

    Goes between the route and `allow`. What a form said is not kept: its page, which a view names as
    `back_to`, is shown again.
    """

    @wraps(view)
    def asking(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        if is_recent():
            return view(*args, **kwargs)
        if request.method == "POST":
            flash(_("Nothing was changed yet: we ask who you are first. Then press the button again."))
        return see_other("admin.proof", next=_page())

    return asking


def back_to(endpoint: str) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """Name the page whose form a view takes."""

    def mark(view: Callable[Given, Answer]) -> Callable[Given, Answer]:
        view.back_to = endpoint  # type: ignore[attr-defined]
        return view

    return mark


def _page() -> str:
    if request.method != "POST":
        return request.full_path.rstrip("?")
    endpoint = getattr(current_app.view_functions[request.endpoint or ""], "back_to", "admin.index")
    needed = next(rule.arguments for rule in current_app.url_map.iter_rules(cast("str", endpoint)))
    return url_for(endpoint, **{name: (request.view_args or {})[name] for name in needed})


@bp.route("/proof", methods=["GET", "POST"])
@allow(Access.ADMIN)
def proof() -> Answer:
    """Ask for the password, then go on to the page that was wanted."""
    form, target = ProofForm(), safe_next(request.args.get("next"))
    if request.method == "POST" and form.validate() and is_proved(form):
        return go_to("/admin" if target == "/" else target)
    if request.method != "POST" and is_recent():
        return go_to("/admin" if target == "/" else target)
    status = 422 if request.method == "POST" else 200
    wanted = urlsplit(target).path
    return render_template("admin/proof.html", form=form, next=target, wanted=wanted), status
