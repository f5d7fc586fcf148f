"""`/studio`: what is published, where its file is, and how it gets here."""

from flask import Blueprint, render_template

from training.authoring.queries import list_files
from training.database import db
from training.web import Access, allow

bp = Blueprint("authoring", __name__, url_prefix="/studio")


@bp.get("")
@allow(Access.TRAINER)
def index() -> str:
    return render_template("authoring/index.html", files=list_files(db.session()))
