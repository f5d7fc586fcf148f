"""Feeds of the tips, and what a visitor's copy costs to keep fresh."""

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from flask import Flask

from tests.browsing import Browser
from tests.library.texts import FILES, LESSON
from tests.library_content import import_folder, write_content
from tests.statements import counted_statements
from training import clock
from training.database import db

pytestmark = pytest.mark.usefixtures("late_november")
FEEDS = ("/tips/feed.atom", "/tips/feed.rss")
BASE = "http://127.0.0.1:8000"


def parsed(browser: Browser, path: str) -> Any:
    reply = browser.get(path)
    assert reply.status_code == 200
    found = feedparser.parse(reply.data, response_headers={"content-type": reply.content_type})
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(("path", "version"), [(FEEDS[0], "atom10"), (FEEDS[1], "rss20")])
def test_a_feed_holds_the_newest_tips_in_full(visitor: Browser, path: str, version: str) -> None:
    found = parsed(visitor, path)

    assert found.version == version
    assert found.feed.title == "Zanshin: tips"
    came = [one.published_parsed for one in found.entries]
    assert came == sorted(came, reverse=True)
    first = next(one for one in found.entries if one.link == f"{BASE}/tips/it-is-not-personal")
    assert "the means to an end" in first.content[0].value
    assert "Your call" in "".join(one.content[0].value for one in found.entries)
    assert first.summary != first.content[0].value
    assert len({one.id for one in found.entries}) == len(found.entries)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("path", FEEDS)
def test_every_address_in_a_feed_is_whole(visitor: Browser, path: str) -> None:
    text = "".join(one.content[0].value for one in parsed(visitor, path).entries)

    assert f'href="{BASE}/tips/' in text
    assert 'href="/' not in text
    assert 'href="#' not in text


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("path", FEEDS)
def test_a_topic_has_a_feed_of_its_own(visitor: Browser, path: str) -> None:
    found = parsed(visitor, f"{path}?topic=crisis")

    assert found.entries
    assert all("crisis" in {tag.term for tag in one.tags} for one in found.entries)
    assert visitor.get(f"{path}?topic=fishing").status_code == 404


def test_a_tip_keeps_its_name_in_the_feed_when_its_text_changes(
    app: Flask, visitor: Browser, folder: Path
) -> None:
    import_folder(write_content(folder, FILES))
    before = parsed(visitor, FEEDS[0]).entries[0]
    with clock.running(lambda: datetime(2026, 11, 21, 13, tzinfo=UTC)):
        import_folder(write_content(folder, {"lessons/seeing-it-coming.md": LESSON.replace("Seeing", "Saw")}))
        after = parsed(visitor, FEEDS[0]).entries[0]

    assert before.id.startswith("tag:127.0.0.1,")
    assert before.id == after.id
    assert before.title != after.title
    assert before.published == after.published
    assert before.updated < after.updated


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("path", ["/tips", "/tips/it-is-not-personal", *FEEDS])
def test_a_copy_that_is_still_good_costs_one_statement_and_touches_no_content(
    app: Flask, visitor: Browser, path: str
) -> None:
    tag = visitor.get(path).headers["ETag"]

    with counted_statements(db.engine) as seen:
        again = visitor.get(path, headers={"If-None-Match": tag})

    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == tag
    read = [one for one in seen if not one.startswith(("BEGIN", "PRAGMA"))]
    assert len(read) == 1
    assert "revision_build" not in read[0]
    assert "body" not in read[0]


def test_a_copy_is_good_until_something_is_published_or_retired_or_a_day_begins(
    app: Flask, visitor: Browser, folder: Path
) -> None:
    import_folder(write_content(folder, FILES))
    for path in ("/tips", FEEDS[0]):
        tag = visitor.get(path).headers["ETag"]
        with clock.running(lambda: datetime(2026, 11, 22, 12, tzinfo=UTC)):
            assert visitor.get(path, headers={"If-None-Match": tag}).status_code == 200

    seen = {visitor.get("/tips").headers["ETag"]}
    import_folder(write_content(folder, {"lessons/seeing-it-coming.md": LESSON.replace("Three", "Four")}))
    seen.add(visitor.get("/tips").headers["ETag"])
    (folder / "lessons/seeing-it-coming.md").unlink()
    import_folder(folder)
    seen.add(visitor.get("/tips").headers["ETag"])

    assert len(seen) == 3


@pytest.mark.usefixtures("published")
def test_a_feed_says_since_when_it_has_been_so(visitor: Browser) -> None:
    since = visitor.get(FEEDS[1]).headers["Last-Modified"]

    assert parsedate_to_datetime(since) <= datetime.now(UTC)
    assert visitor.get(FEEDS[1], headers={"If-Modified-Since": since}).status_code == 304
    old = "Mon, 05 Jan 2015 09:00:00 GMT"
    assert visitor.get(FEEDS[1], headers={"If-Modified-Since": old}).status_code == 200


@pytest.mark.usefixtures("published")
def test_no_tag_makes_a_tip_that_is_not_there_unchanged(visitor: Browser) -> None:
    assert visitor.get("/tips/never-was", headers={"If-None-Match": "*"}).status_code == 404


@pytest.mark.usefixtures("published")
def test_pages_of_tips_lead_feed_readers_to_the_feeds(visitor: Browser) -> None:
    for path in ("/tips", "/tips/it-is-not-personal"):
        page = visitor.get(path).text
        assert 'type="application/atom+xml"' in page
        assert 'type="application/rss+xml"' in page
    assert 'href="/tips/feed.atom?topic=heat"' in visitor.get("/tips?topic=heat").text


@pytest.mark.usefixtures("published")
def test_where_tips_are_for_members_feeds_are_too(app: Flask, visitor: Browser, ana: Browser) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], public_tips=False)

    for path in FEEDS:
        assert visitor.get(path).status_code == 303
        assert visitor.get(path, headers={"If-None-Match": '"x"'}).status_code == 303
        assert ana.get(path).headers["Cache-Control"] == "no-store, private"
    assert "application/atom+xml" not in visitor.get("/help").text


def test_a_feed_without_a_tip_is_a_feed(visitor: Browser) -> None:
    for path in FEEDS:
        assert parsed(visitor, path).entries == []
