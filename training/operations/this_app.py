"""The app behind a command's context, as what it is."""

from typing import cast

from flask import Flask, current_app
from werkzeug.local import LocalProxy


def this_app() -> Flask:
    """Flask hands out a stand-in; engines, threads and drills need the app itself."""
    return cast("LocalProxy[Flask]", current_app)._get_current_object()  # noqa: SLF001  # werkzeug's public name
