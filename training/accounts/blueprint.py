"""The blueprint that this feature's views hang on."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
