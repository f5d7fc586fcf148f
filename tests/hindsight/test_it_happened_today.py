"""Two lines from work become a call, and whoever told them hears of it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import Cast
from training.hindsight.models import Story

TOLD = "Somebody wanted <money> back for a kettle.\nI had no form for it."


@pytest.fixture
def ana(app: Flask, cast: Cast, published: None) -> Browser:
    return Browser(app).sign_in(cast.ana)


@pytest.fixture
def tova(app: Flask, cast: Cast, published: None) -> Browser:
    return Browser(app).sign_in(cast.tova)


def first_story(page: str) -> str:
    found = re.search(r"/studio/inbox/stories/(\w{16})/draft", page)
    assert found is not None
    return found[1]


def test_a_story_becomes_a_draft_and_today_tells_when_it_is_live(ana: Browser, tova: Browser) -> None:
    assert "It happened today" in ana.get("/").text
    assert "Name nobody" in ana.get("/stories/new").text
    assert ana.post("/stories", {"text": TOLD}).status_code == 303
    page = tova.get("/studio/inbox").text
    assert "I had no form for it." in page
    assert "Ana" not in page
    story = first_story(page)

    reply = tova.post(f"/studio/inbox/stories/{story}/draft", {"kind": "scenario", "title": "No form for it"})

    assert reply.status_code == 303
    assert "I had no form for it." in tova.get(reply.location).text
    assert "The inbox is empty" in tova.get("/studio/inbox").text
    assert "A call was made of what you told" not in ana.get("/").text
    published = tova.post(f"{reply.location}/publication", {"live": 0, "note": ""})
    assert published.status_code == 303, "the draft proves as it stands"
    today = ana.get("/").text
    assert "A call was made of what you told" in today
    assert "/scenarios/no-form-for-it" in today


def test_told_twice_it_is_one_story_and_closed_it_is_gone(
    ana: Browser, tova: Browser, session: Session
) -> None:
    for _press in range(2):
        ana.post("/stories", {"text": TOLD})
    assert len(session.scalars(select(Story)).all()) == 1
    story = first_story(tova.get("/studio/inbox").text)

    assert tova.post(f"/studio/inbox/stories/{story}/closing").status_code == 303

    assert "The inbox is empty" in tova.get("/studio/inbox").text
    assert tova.post(f"/studio/inbox/stories/{story}/closing").status_code == 404


def test_a_title_that_is_taken_or_missing_is_sent_back_at_its_story(ana: Browser, tova: Browser) -> None:
    ana.post("/stories", {"text": TOLD})
    story = first_story(tova.get("/studio/inbox").text)

    for title in ("", "The attacking customer"):
        reply = tova.post(f"/studio/inbox/stories/{story}/draft", {"kind": "scenario", "title": title})
        assert reply.status_code == 422
        assert "One thing to mend" in reply.text


def test_a_story_is_short_and_plain(ana: Browser) -> None:
    for text in ("", "x" * 401, "reversed \u202e words"):
        assert ana.post("/stories", {"text": text}).status_code == 422
