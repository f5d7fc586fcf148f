"""The answers that views give besides a page."""

from typing import TypeVar

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

_Response = TypeVar("_Response", bound=BaseResponse)


def see_other(endpoint: str, **values: object) -> Response:
    """After a POST: 303 to the page that shows what came of it, so that a reload repeats nothing."""
    return redirect(url_for(endpoint, **values), code=303, Response=Response)  # type: ignore[return-value,arg-type]


def no_store(response: _Response) -> _Response:
    """Personal: no cache may keep it."""
    response.headers["Cache-Control"] = "no-store, private"
    return response
