"""The blueprint that the administrator's pages hang on."""

from flask import Blueprint

bp = Blueprint("admin", __name__, url_prefix="/admin")
