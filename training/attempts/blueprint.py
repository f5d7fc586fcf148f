"""The blueprint that the attempts' views share."""

from flask import Blueprint

bp = Blueprint("attempts", __name__, url_prefix="/attempts")
