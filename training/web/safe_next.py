"""Where to go after signing in: only to a page of ours."""

from urllib.parse import urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect


def safe_next(target: str | None) -> str:
    """`target` where it is the path of one of our own GET pages, else the first page.

    The path must match a route: checking hosts alone lets `/\\evil.test` and its kin through.
    """
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return "/"
    if any(ord(character) < 33 or character == "\\" for character in target):
        return "/"
    parts = urlsplit(target)
    adapter = current_app.url_map.bind("")
    try:
        endpoint, _arguments = adapter.match(parts.path, method="GET")
    except (HTTPException, RequestRedirect):
        return "/"
    return "/" if endpoint.startswith("accounts.sign_") else target
