"""New comments in a feed reader: a page to make and end one's own address, and the feed behind it."""

from __future__ import annotations

from flask import Response, flash, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from training.accounts.tokens import token_url
from training.clock import now
from training.database import db, transaction
from training.library import feed_xml
from training.library.discussion.feed_service import FeedComment, end_feed, feed_made_at, make_feed, read_feed
from training.library.discussion.views import bp
from training.library.feed_names import tag, whole
from training.library.feeds import Feed, FeedEntry
from training.library.public_pages import begin_of, site_settings, site_today
from training.web import Access, allow, see_other, viewer

__all__ = ["bp"]
_PURPOSE = "comments"


@bp.get("/comments/feed")
@allow(Access.SIGNED_IN)
def feed() -> str:
    """Whether one has an address, and the buttons to make another or end it."""
    return render_template("discussion/feed.html", made_at=feed_made_at(db.session(), viewer().id), link="")


@bp.post("/comments/feed")
@allow(Access.SIGNED_IN)
def make() -> str:
    """Make an address. It is in this answer and nowhere else, so there is no page to go on to."""
    at = now()
    with transaction() as session:
        secret = make_feed(session, viewer().id, at)
    link = token_url(site_settings().base_url, _PURPOSE, secret)
    return render_template("discussion/feed.html", made_at=at, link=link)


@bp.post("/comments/feed/end")
@allow(Access.SIGNED_IN)
def end() -> Response:
    """Let the address lead nowhere."""
    with transaction() as session:
        end_feed(session, viewer().id, now())
    flash(_("The address leads nowhere any more."))
    return see_other("discussion.feed")


@bp.get("/t/comments/<secret>")
@allow(Access.ANYONE)
def read(secret: str) -> Response:
    """New comments as RSS 2.0 with their full text, for whoever holds the address."""
    comments = read_feed(db.session(), secret, site_today())
    made = _feed(comments, token_url(site_settings().base_url, _PURPOSE, secret))
    response = Response(feed_xml.rss(made), mimetype="application/rss+xml")
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response


def _feed(comments: list[FeedComment], url: str) -> Feed:
    name = site_settings().site_name
    newest = max((one.edited_at or one.posted_at for one in comments), default=begin_of(site_today()))
    return Feed(
        id=tag("2026", "comments"),
        url=url,
        page=whole(url_for("tips.index")),
        title=_("%(name)s: comments on tips", name=name),
        summary=_("What people say under the tips."),
        author=name,
        language=str(get_locale()),
        updated_at=newest,
        entries=tuple(_entry(one) for one in comments),
    )


def _entry(one: FeedComment) -> FeedEntry:
    author = one.author or _("Somebody who left")
    return FeedEntry(
        id=tag(f"{one.posted_at:%Y-%m-%d}", f"comment/{one.public_id}"),
        url=whole(url_for("discussion.find", public_id=one.public_id)),
        title=_("%(author)s on “%(title)s”", author=author, title=one.title),
        summary=one.text[:200],
        html=one.html,
        language=str(get_locale()),
        published_at=one.posted_at,
        updated_at=one.edited_at or one.posted_at,
        topics=(),
    )
