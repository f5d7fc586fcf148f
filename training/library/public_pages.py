"""What public pages of the library share: who may read them, what caches may keep, what is still fresh."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from flask import Flask, Response, current_app, g, make_response, request, session
from flask_babel import get_locale
from werkzeug.http import is_resource_modified

from training.clock import now
from training.database import db
from training.library.builds import FORMAT
from training.library.cache import Lately
from training.library.edition import Edition, edition
from training.library.rules import day_of
from training.settings import Settings
from training.web import see_other
from training.web.access import viewer_or_none
from training.web.responses import no_store

KEPT_FOR = "public, max-age=300"
_RELEASE = "library_release"
_PAGES = "library_pages"
# About a megabyte a worker: what most visitors ask for.
_PAGES_KEPT = 64


@dataclass(frozen=True)
class _Stamp:
    """What a visitor's page is known by; `changed_at` for those that say when they changed."""

    tag: str
    changed_at: datetime | None


def init(app: Flask) -> None:
    """Remember what this release's pages are made with: another release's are never still fresh."""
    digest = hashlib.sha256(f"{FORMAT} {app.extensions['static_files'].version}".encode())
    for path in sorted((Path(app.root_path) / "templates").rglob("*.html")):
        digest.update(path.read_bytes())
    app.extensions[_RELEASE] = digest.hexdigest()
    app.extensions[_PAGES] = Lately[str, tuple[str, str]](_PAGES_KEPT)


def site_settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])


def site_today() -> date:
    """The day that it is where the site is."""
    return day_of(now(), site_settings().time_zone)


def begin_of(day: date) -> datetime:
    """The instant at which a day begins where the site is."""
    return datetime.combine(day, time(), ZoneInfo(site_settings().time_zone))


def closed() -> Response | None:
    """Where tips are for members only, a visitor goes to sign in and comes back."""
    if site_settings().public_tips or viewer_or_none() is not None:
        return None
    return no_store(see_other("accounts.sign_in", next=request.full_path.rstrip("?")))


def unchanged(*, dated: bool = False) -> Response | None:
    """A 304 where a visitor's copy is still good, else the page as it was made for a visitor before.

    Decided from one statement that touches no content; None where the page is still to be made. `dated` goes
    by `If-Modified-Since` too: for feeds, which nothing but the library changes.
    """
    g.library_stamp = None
    if viewer_or_none() is not None or "_flashes" in session:  # a page for this person alone
        return None
    # Read before the content: a page may be newer than its tag says, never older.
    stamp = g.library_stamp = _stamp(edition(db.session(), site_today()), dated=dated)
    if _asks_what_is_new(dated=dated) and not is_resource_modified(
        request.environ, etag=stamp.tag, last_modified=stamp.changed_at
    ):
        return _stamped(Response(status=304), stamp)
    page = _pages().get(stamp.tag)
    return _stamped(_response(*page), stamp) if page else None


def _asks_what_is_new(*, dated: bool) -> bool:
    asks = bool(request.if_none_match) or (dated and request.if_modified_since is not None)
    return asks and not request.if_none_match.star_tag


def public(body: str, mimetype: str = "text/html") -> Response:
    """A page that visitors' caches may keep for a while, after `unchanged`; a member's is their own."""
    stamp: _Stamp | None = g.library_stamp
    if stamp is None:
        return no_store(_response(body, mimetype))
    if (
        not request.query_string
    ):  # of these there are few; of the others, as many as somebody likes to make up
        _pages().keep(stamp.tag, (body, mimetype))
    return _stamped(_response(body, mimetype), stamp)


def _response(body: str, mimetype: str) -> Response:
    response = make_response(body)
    response.mimetype = mimetype
    return response


def _pages() -> Lately[str, tuple[str, str]]:
    return cast("Lately[str, tuple[str, str]]", current_app.extensions[_PAGES])


def last_modified(held: Edition) -> datetime | None:
    """When the library last changed: something was published or retired, or a tip's day began."""
    days = [begin_of(held.newest)] if held.newest else []
    changes = [*days, *([held.changed_at] if held.changed_at else [])]
    return max(changes, default=None)


def _stamped(response: Response, stamp: _Stamp) -> Response:
    response.headers["Cache-Control"] = KEPT_FOR
    response.vary.update(("Cookie", "Accept-Language"))
    response.set_etag(stamp.tag, weak=True)
    if stamp.changed_at is not None:
        response.last_modified = stamp.changed_at
    return response


def _stamp(held: Edition, *, dated: bool) -> _Stamp:
    made_of = (
        current_app.extensions[_RELEASE],
        held,
        site_today(),
        str(get_locale()),
        request.full_path,
        site_settings().site_name,
        site_settings().base_url,
    )
    tag = hashlib.sha256(repr(made_of).encode()).hexdigest()[:32]
    return _Stamp(tag, last_modified(held) if dated else None)
