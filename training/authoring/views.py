"""`/studio`: what is on its way, and what is published."""

from flask import Blueprint, render_template

from training.authoring.places import studio_places
from training.authoring.problem_docs import explain
from training.authoring.queries import list_drafts, list_files
from training.database import db
from training.web import Access, allow

bp = Blueprint("authoring", __name__, url_prefix="/studio")


@bp.get("")
@allow(Access.TRAINER)
def index() -> str:
    session = db.session()
    return render_template(
        "authoring/index.html", files=list_files(session), drafts=list_drafts(session), ways=studio_places()
    )


@bp.get("/problems/<code>")
@allow(Access.TRAINER)
def problem(code: str) -> str:
    """What a code means, with an example that sets it off and the same one mended."""
    return render_template("authoring/problem.html", page=explain(code))
