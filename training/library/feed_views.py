"""The tips as feeds: Atom and RSS 2.0 with full text, all of them or those about a topic."""

from __future__ import annotations

from datetime import datetime

from flask import Response, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from training.database import db
from training.errors import NotFoundError
from training.library import feed_xml
from training.library.edition import edition
from training.library.feed_names import tag, whole
from training.library.feeds import Feed, FeedEntry, FeedTip, list_feed_tips, standing_alone
from training.library.public_pages import (
    begin_of,
    closed,
    last_modified,
    public,
    site_settings,
    site_today,
    unchanged,
)
from training.library.views import tips as bp
from training.web import Access, allow

__all__ = ["bp"]
_FORMS = {"atom": feed_xml.atom, "rss": feed_xml.rss}


@bp.get("/feed.atom")
@allow(Access.ANYONE)
def atom() -> Response:
    """The newest tips; with `?topic=` those about it."""
    return _written("atom")


@bp.get("/feed.rss")
@allow(Access.ANYONE)
def rss() -> Response:
    """The same as RSS 2.0."""
    return _written("rss")


def _written(form: str) -> Response:
    if (answer := closed() or unchanged(dated=True)) is not None:
        return answer
    topic = request.args.get("topic", "")
    found = list_feed_tips(db.session(), site_today(), topic)
    if topic and not found:
        raise NotFoundError
    made = _feed(found, form, topic)
    return public(_FORMS[form](made), f"application/{form}+xml")


def _feed(found: list[FeedTip], form: str, topic: str) -> Feed:
    name = site_settings().site_name
    title = (
        _("%(name)s: tips about %(topic)s", name=name, topic=topic)
        if topic
        else _("%(name)s: tips", name=name)
    )
    return Feed(
        id=tag("2026", f"tips/{topic}" if topic else "tips"),
        url=whole(url_for(f"tips.{form}", topic=topic or None)),
        page=whole(url_for("tips.index", topic=topic or None)),
        title=title,
        summary=_("One a week, three or four minutes each."),
        author=name,
        language=str(get_locale()),
        updated_at=last_modified(edition(db.session(), site_today())) or begin_of(site_today()),
        entries=tuple(_entry(one) for one in found),
    )


def _entry(one: FeedTip) -> FeedEntry:
    url = whole(url_for("tips.show", slug=one.tip.slug))
    came_at = _came_at(one)
    return FeedEntry(
        id=tag(f"{one.created_at:%Y-%m-%d}", f"tip/{one.tip.item_id}"),
        url=url,
        title=one.tip.title,
        summary=one.tip.summary,
        html=standing_alone(one.lesson.html + _decision(one, url), site_settings().base_url, url),
        language=one.lesson.language,
        published_at=came_at,
        updated_at=max(came_at, one.tip.published_at),
        topics=one.tip.topics,
    )


def _came_at(one: FeedTip) -> datetime:
    return begin_of(one.tip.tip_on) if one.tip.tip_on else one.tip.published_at


def _decision(one: FeedTip, url: str) -> Markup:
    """The customer's line, and each reply as a link to the page where one button says it."""
    if not one.lesson.replies:
        return Markup()
    line, reply = Markup("<blockquote>{}{}</blockquote>"), Markup('<li><a href="{}?reply={}">{}</a></li>')
    named = Markup("<p><strong>{}:</strong></p>")
    said = Markup().join(
        line.format(named.format(said.speaker) if said.speaker else "", said.text)
        for said in one.lesson.prompt
    )
    replies = Markup().join(reply.format(url, said.index, said.text) for said in one.lesson.replies)
    return Markup("<h2>{}</h2>{}<ol>{}</ol>").format(_("Your call"), said, replies)
