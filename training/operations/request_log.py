"""Every request has an id, in its answer and in every log line; the log can be JSON, one object a line."""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import time
from datetime import UTC, datetime
from typing import Any, cast

from flask import Flask, Response, g, has_request_context, request

from training.settings import Settings

HEADER = "X-Request-Id"
_ID = re.compile(r"[A-Za-z0-9._-]{8,40}", re.ASCII)
_UNREMARKABLE = {"assets.show", "health.healthz", "health.readyz"}
logger = logging.getLogger("training.requests")


def init(app: Flask) -> None:
    """Ids always; JSON lines, one of them for each answer, where TRAINING_LOG_FORMAT is json."""
    settings = cast("Settings", app.extensions["settings"])
    as_json = settings.log_format == "json"
    if as_json:
        _write_json()

    def begin() -> None:
        given = request.headers.get(HEADER, "")
        # Only a proxy of ours may name a request: a stranger's id would be a stranger's words in the log.
        g.request_id = given if settings.trusted_proxies and _ID.fullmatch(given) else secrets.token_hex(8)
        g.begun = time.perf_counter()

    def end(response: Response) -> Response:
        response.headers[HEADER] = request_id()
        if as_json and request.endpoint not in _UNREMARKABLE:
            logger.info("answered", extra={"fields": _answered(response)})
        return response

    app.before_request_funcs.setdefault(None, []).insert(0, begin)
    app.after_request(end)


def request_id() -> str:
    """The id of the request being answered; empty outside one."""
    return str(g.get("request_id", "")) if has_request_context() else ""


def _answered(response: Response) -> dict[str, Any]:
    """The route, never the address: addresses hold one-time links and the names of private pages."""
    return {
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else "",
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.get("begun", time.perf_counter())) * 1000, 1),
    }


class JsonLines(logging.Formatter):
    """A record as one line of JSON; request_id, fields and error stand in it where the record has them."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if named := request_id():
            said["request_id"] = named
        said.update(getattr(record, "fields", {}))
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)


def _write_json() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
