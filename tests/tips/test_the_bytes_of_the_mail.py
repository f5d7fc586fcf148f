"""The mail of a tip as it is handed over: its headers, its parts, and what it does not hold."""

import email
import re
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from tests.people import Cast
from tests.tips.conftest import Time, subscriber
from tests.tips.issues import ROOT, links_in, look
from training.accounts.models import Person
from training.database import transaction
from training.mail.delivery import deliver_waiting


@pytest.fixture
def raw(app: Flask, published: None, cast: Cast, time: Time) -> dict[str, bytes]:
    """What left, by whom it went to."""
    with transaction() as session:
        session.execute(update(Person).values(created_at=time.at.replace(year=2026, month=9, day=1)))
    time.set("2026-11-21T12:00")
    look(app)
    subscriber(app)
    deliver_waiting(app.extensions["settings"])
    outbox: Path = app.extensions["settings"].instance / "outbox"
    before = set(outbox.iterdir())
    time.set("2026-11-23T08:00")
    look(app)
    deliver_waiting(app.extensions["settings"])
    left = [path.read_bytes() for path in outbox.iterdir() if path not in before]
    return {read(content)["To"]: content for content in left}


def read(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=policy.default)


def test_every_reader_has_one_with_the_headers_of_a_list(raw: dict[str, bytes]) -> None:
    assert len(raw) == 7
    for content in raw.values():
        head = content.split(b"\r\n\r\n", 1)[0] + b"\r\n"
        (stop,) = re.findall(rb"^List-Unsubscribe: (.*)\r\n", head, re.MULTILINE)
        assert re.fullmatch(rb"<http://127\.0\.0\.1:8000/t/tip-stop/[\w-]{43}>", stop)
        assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in head
        assert re.search(rb"\r\nList-Id: [^\r]*<tip\.127\.0\.0\.1>\r\n", head)
        assert b"\r\nAuto-Submitted: auto-generated\r\n" in head
        assert re.search(rb"\r?\n?Message-ID: <[\w.-]+@127\.0\.0\.1>\r\n", head)
        assert re.search(rb"\r?\n?Date: ", head)
        assert re.search(rb"(?<!\r)\n", content) is None
        assert max(map(len, content.split(b"\r\n"))) <= 998
        assert content.isascii()


def test_the_text_comes_first_and_says_all_that_the_page_says(raw: dict[str, bytes]) -> None:
    mail = read(raw["kim@example.org"])
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    text, html = (str(part.get_content()) for part in mail.iter_parts())

    for words in ("Your call", "Read the tip", "Then practise it", "Stop these mails", "Another day"):
        assert words in text
        assert words in html
    assert set(links_in(text)) == set(re.findall(r'href="([^"]+)"', html))


def test_the_decision_is_in_the_mail_each_reply_a_link(raw: dict[str, bytes]) -> None:
    mail = read(raw["kim@example.org"])
    for part in mail.iter_parts():
        found = re.findall(rf"{ROOT}/t/tip/([\w-]{{43}})\?reply=(\d)", str(part.get_content()))
        assert [number for _token, number in found] == ["1", "2", "3", "4"][: len(found)]
        assert len(found) >= 2
        assert len({token for token, _number in found}) == 1


def test_it_shows_a_first_line_before_it_is_opened(raw: dict[str, bytes]) -> None:
    html = str(list(read(raw["kim@example.org"]).iter_parts())[1].get_content())
    hidden = re.search(r'<div class="preview"[^>]*display: ?none[^>]*>([^<]{20,})</div>', html)

    assert hidden is not None


def test_it_asks_no_other_host_and_counts_nobody(raw: dict[str, bytes]) -> None:
    html = {to: str(list(read(content).iter_parts())[1].get_content()) for to, content in raw.items()}
    pictures = {source for one in html.values() for source in re.findall(r'src="([^"]+)"', one)}

    assert all(source.startswith(f"{ROOT}/static/") and source.endswith(".png") for source in pictures)
    assert len(pictures) <= 1, "one picture for everybody: its address tells nobody from another"
    for one in html.values():
        assert {link.split("/")[2] for link in re.findall(r'https?://[^"\s<]+', one)} <= {
            "127.0.0.1:8000",
            "www.w3.org",
        }
        assert not re.search(r"<(script|iframe|form|input|object|link)\b|url\(|@import", one)


def test_each_mail_holds_its_reader_s_own_secrets_and_no_name(raw: dict[str, bytes]) -> None:
    bodies = {to: str(next(read(one).iter_parts()).get_content()) for to, one in raw.items()}
    secrets = [set(re.findall(r"/t/[a-z-]+/([\w-]{43})", body)) for body in bodies.values()]

    assert all(len(found) == 2 for found in secrets)
    assert len(set().union(*secrets)) == 2 * len(raw)
    assert "Ana" not in bodies["ana@example.invalid"]
