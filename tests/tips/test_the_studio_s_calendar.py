"""The trainer's page: the weeks to come, skip, pause, order, a test to oneself, the mail as it looks."""

import re

import html5lib
import pytest
from flask import Flask
from sqlalchemy import select

from tests.browsing import Browser
from tests.people import Cast
from tests.tips.conftest import Time, everything, mails
from training.accounts.models import AuditEntry
from training.database import db
from training.tips.planning import waiting
from training.tips.rules import Week

SLUG = "seeing-it-coming"
WEEK = Week(2026, 47)


@pytest.fixture
def tova(app: Flask, published: None, cast: Cast, time: Time) -> Browser:
    time.set("2026-11-21T12:00")
    return Browser(app).sign_in(cast.tova)


def actions() -> list[str]:
    db.session.remove()
    return list(db.session().scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_the_calendar_shows_each_week_with_its_own_lesson(tova: Browser) -> None:
    page = tova.get("/studio/tips").text

    assert "from 23 November 2026" in page
    assert "dated 23 November 2026" in page
    assert 'href="/studio/tips"' in tova.get("/studio").text


def test_a_skipped_week_brings_nothing_and_can_be_had_after_all(tova: Browser) -> None:
    assert tova.post("/studio/tips/skips", {"week": "2026-W49"}).status_code == 303
    page = tova.get("/studio/tips").text
    assert "Skipped" in page
    assert "dated 30 November 2026" not in page

    tova.post("/studio/tips/skips/end", {"week": "2026-W49"})
    assert "dated 30 November 2026" in tova.get("/studio/tips").text
    assert actions() == ["weekly tip skipped", "weekly tip no longer skipped"]


@pytest.mark.parametrize("week", ["", "2026-W54", "2025-W02", "2030-W01", "x", "2026-W48'"])
def test_only_a_week_to_come_can_be_skipped(tova: Browser, week: str) -> None:
    assert tova.post("/studio/tips/skips", {"week": week}).status_code == 422
    assert tova.post("/studio/tips/skips/end", {"week": week}).status_code == 422
    assert actions() == []


def test_the_tip_rests_until_a_trainer_resumes(tova: Browser) -> None:
    for _ in range(2):
        tova.post("/studio/tips/pause")
    assert "The weekly tip rests" in tova.get("/studio/tips").text
    assert "rests for everybody" in tova.get("/account/weekly-tip").text
    for _ in range(2):
        tova.post("/studio/tips/pause/end")

    assert "Next:" in tova.get("/studio/tips").text
    assert actions() == ["weekly tip paused", "weekly tip resumed"]


def test_the_order_of_those_that_wait_is_the_trainer_s(tova: Browser) -> None:
    before = [one.slug for one in waiting(db.session(), WEEK)]
    for _ in range(3):
        tova.post("/studio/tips/order", {"slug": before[2]})
    db.session.remove()

    assert [one.slug for one in waiting(db.session(), WEEK)] == [before[2], before[0], before[1], *before[3:]]
    for slug in ("nothing", "a-verse-for-the-end-of-the-year"):  # the second has a week of its own
        assert tova.post("/studio/tips/order", {"slug": slug}).status_code == 422


def test_a_test_goes_to_whoever_asks_and_its_links_can_do_nothing(tova: Browser) -> None:
    tova.post(f"/studio/tips/{SLUG}/tests")
    (sent,) = mails("tip-test")

    assert sent.to_address == "tova@example.invalid"
    assert "http://127.0.0.1:8000/tips/seeing-it-coming?reply=1" in sent.text
    assert "/t/" not in sent.text + sent.html
    assert actions() == ["weekly tip tested"]


def test_the_mail_is_shown_as_a_page_that_can_do_nothing(tova: Browser) -> None:
    light, dark = (tova.ask("GET", f"/studio/tips/{SLUG}/mail/{one}") for one in ("light", "dark"))
    for shown in (light, dark):
        policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox"
        assert shown.headers["Content-Security-Policy"] == policy
        assert shown.headers["Cache-Control"] == "no-store, private"
        assert "prefers-color-scheme" not in re.sub(r"<meta[^>]*>", "", shown.text)
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        parser.parse(shown.text)
        assert parser.errors == []
    assert light.text != dark.text

    text = tova.ask("GET", f"/studio/tips/{SLUG}/mail/text")
    assert text.mimetype == "text/plain"
    assert "Your call" in text.text
    assert tova.get(f"/studio/tips/{SLUG}/mail/blue").status_code == 404
    assert tova.get("/studio/tips/nothing/mail/light").status_code == 404


def test_the_mail_of_a_tip_to_come_leads_nowhere_dead(tova: Browser) -> None:
    text = tova.ask("GET", "/studio/tips/a-verse-for-the-end-of-the-year/mail/text").text

    assert "/tips/a-verse" not in text
    assert "http://127.0.0.1:8000/studio/tips" in text


def test_looking_changes_nothing(tova: Browser) -> None:
    before = everything()
    for path in ("/studio/tips", *(f"/studio/tips/{SLUG}/mail/{one}" for one in ("light", "dark", "text"))):
        assert tova.ask("GET", path).status_code == 200

    assert everything() == before


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_others_find_no_such_page(app: Flask, published: None, cast: Cast, who: str) -> None:
    browser = Browser(app).sign_in(getattr(cast, who))

    assert browser.get("/studio/tips").status_code == 404
    assert browser.post("/studio/tips/pause").status_code == 404
    assert browser.get(f"/studio/tips/{SLUG}/mail/light").status_code == 404
