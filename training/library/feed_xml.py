"""Feeds as XML: Atom (RFC 4287) and RSS 2.0 with the content module. Pure."""

from __future__ import annotations

import re
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from training.library.feeds import Feed, FeedEntry

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What XML 1.0 cannot hold at all, in whatever spelling.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
register_namespace("content", CONTENT)


def atom(feed: Feed) -> str:
    """The feed as Atom."""
    root = Element("feed", {"xmlns": ATOM, _LANG: feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.summary)
    _add(root, "updated", feed.updated_at.isoformat(timespec="seconds"))
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.url)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    for entry in feed.entries:
        _atom_entry(root, entry)
    return _written(root)


def _atom_entry(root: Element, entry: FeedEntry) -> None:
    one = _add(root, "entry")
    one.set(_LANG, entry.language)
    _add(one, "id", entry.id)
    _add(one, "title", entry.title)
    _add(one, "link", rel="alternate", type="text/html", href=entry.url)
    _add(one, "published", entry.published_at.isoformat(timespec="seconds"))
    _add(one, "updated", entry.updated_at.isoformat(timespec="seconds"))
    for topic in entry.topics:
        _add(one, "category", term=topic)
    _add(one, "summary", entry.summary)
    _add(one, "content", entry.html, type="html")


def rss(feed: Feed) -> str:
    """The feed as RSS 2.0."""
    register_namespace("atom", ATOM)
    root = Element("rss", {"version": "2.0"})
    channel = _add(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.page)
    _add(channel, "description", feed.summary)
    _add(channel, "language", feed.language)
    _add(channel, "lastBuildDate", format_datetime(feed.updated_at))
    _add(channel, f"{{{ATOM}}}link", rel="self", type="application/rss+xml", href=feed.url)
    for entry in feed.entries:
        one = _add(channel, "item")
        _add(one, "title", entry.title)
        _add(one, "link", entry.url)
        _add(one, "guid", entry.id, isPermaLink="false")
        _add(one, "pubDate", format_datetime(entry.published_at))
        for topic in entry.topics:
            _add(one, "category", topic)
        _add(one, "description", entry.summary)
        _add(one, f"{{{CONTENT}}}encoded", entry.html)
    return _written(root)


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    made = SubElement(parent, tag, {name: _NOT_XML.sub("", value) for name, value in attributes.items()})
    made.text = _NOT_XML.sub("", text) or None
    return made


def _written(root: Element) -> str:
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"
