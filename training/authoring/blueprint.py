"""`/studio/drafts`: what is on its way."""

from flask import Blueprint

bp = Blueprint("drafts", __name__, url_prefix="/studio/drafts")
