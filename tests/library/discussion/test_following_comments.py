"""New comments in a feed reader, at an address that its member makes and ends."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.library.discussion.conftest import Say, Watch
from tests.library.texts import FILES, LESSON
from tests.library_content import import_folder, write_content
from tests.people import Cast
from training.accounts.models import Person
from training.database import transaction
from training.library.discussion.models import CommentFeed

Who = Callable[[str], Browser]
FEED = "/comments/feed"
BASE = "http://127.0.0.1:8000"


def made(browser: Browser) -> str:
    """The path of a new address."""
    reply = browser.post(FEED)
    assert reply.headers["Cache-Control"] == "no-store, private"
    address = reply.text.partition(f'value="{BASE}')[2].partition('"')[0]
    assert address.startswith("/t/comments/")
    return str(address)


def parsed(browser: Browser, path: str) -> Any:
    reply = browser.get(path)
    assert reply.status_code == 200
    found = feedparser.parse(reply.data, response_headers={"content-type": reply.content_type})
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_a_feed_holds_new_comments_in_full(who: Who, say: Say, visitor: Browser) -> None:
    head = say("ana", "I count to ten.\nSee https://example.org/ten.")
    say("ben", "Aloud & twice?", head)

    found = parsed(visitor, made(who("omar")))

    assert found.version == "rss20"
    assert [one.title for one in found.entries] == [
        "Ben Okafor on “It is not personal”",
        "Ana Duarte on “It is not personal”",
    ]
    assert found.entries[0].content[0].value == "<p>Aloud &amp; twice?</p>"
    assert 'href="https://example.org/ten"' in found.entries[1].content[0].value
    assert found.entries[1].link == f"{BASE}{head}"


def test_the_address_is_shown_once_and_stored_hashed(who: Who, say: Say, session: Session) -> None:
    secret = made(who("ana")).rpartition("/")[2]

    assert secret not in who("ana").get(FEED).text
    (held,) = session.execute(select(CommentFeed)).scalars()
    assert secret not in str(vars(held))
    assert len(held.token_hash) == 64


def test_another_address_ends_the_first(who: Who, visitor: Browser, say: Say) -> None:
    first, second = made(who("ana")), made(who("ana"))

    assert visitor.get(first).status_code == 404
    assert visitor.get(second).status_code == 200


def test_an_address_can_be_ended(who: Who, visitor: Browser, say: Say) -> None:
    address = made(who("ana"))
    assert "End the address" in who("ana").get(FEED).text

    assert who("ana").post(f"{FEED}/end").status_code == 303

    assert visitor.get(address).status_code == 404
    assert "End the address" not in who("ana").get(FEED).text


def test_looking_at_the_page_makes_and_ends_nothing(who: Who, visitor: Browser, session: Session) -> None:
    who("ana").get(FEED)
    assert session.execute(select(CommentFeed)).first() is None

    address = made(who("ana"))
    assert who("ana").get(f"{FEED}/end").status_code in (404, 405)
    assert visitor.get(address).status_code == 200


def test_who_may_no_longer_sign_in_has_no_feed(
    app: Flask, who: Who, visitor: Browser, cast: Cast, watch: Watch
) -> None:
    address = made(who("ana"))
    with transaction() as session:
        session.get_one(Person, cast.ana).disabled_at = watch.at

    assert visitor.get(address).status_code == 404


@pytest.mark.parametrize("secret", ["x", "x" * 43, "x" * 101])
def test_a_wrong_address_leads_nowhere(visitor: Browser, secret: str) -> None:
    assert visitor.get(f"/t/comments/{secret}").status_code == 404


def test_what_is_hidden_taken_back_or_under_a_tip_to_come_is_in_no_feed(
    who: Who, say: Say, visitor: Browser, folder: Path
) -> None:
    hidden, gone = say("ana", "He is a fool."), say("ben", "Never mind.")
    who("omar").post("/tips/do-not-sell-hope/comments", {"text": "About hope."})
    who("tova").post(f"{hidden}/hiding")
    who("ben").post(f"{gone}/removal")
    address = made(who("ana"))
    assert [one.summary for one in parsed(visitor, address).entries] == ["About hope."]

    later = LESSON.replace("2026-01-05", "2026-12-07")
    import_folder(write_content(folder, FILES | {"lessons/do-not-sell-hope.md": later}))
    assert parsed(visitor, address).entries == []


def test_a_copy_that_is_still_good_is_not_sent_again(who: Who, say: Say, visitor: Browser) -> None:
    say("ana", "I count to ten.")
    address = made(who("ana"))
    tag = visitor.get(address).headers["ETag"]

    assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 304
    say("ben", "Aloud?")
    assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_address_signs_nobody_in(who: Who, visitor: Browser) -> None:
    visitor.get(made(who("ana")))

    assert visitor.get("/skills").status_code == 303
