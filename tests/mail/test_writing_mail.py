"""A mail is a row in the outbox, in the transaction that caused it, and its bytes are as they should be."""

import email
from email import policy

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.mail.conftest import write
from training.database import transaction
from training.mail.addresses import AddressError, clean_address
from training.mail.composition import compose
from training.mail.mime import build
from training.mail.models import Message
from training.mail.service import queue_message

MAILS = {
    "sign_in_link": "/t/sign-in/abc",
    "password_reset": "/t/reset/abc",
    "email_change": "/t/e-mail/abc",
    "invitation": "/t/invitation/abc",
    "email_changed": "",
    "password_changed": "",
}


@pytest.mark.parametrize("template", MAILS)
def test_every_mail_has_its_three_texts_with_the_link_in_both(app: Flask, template: str) -> None:
    mail = compose(template, {"name": "Ana <b> & Co", "token": "abc", "inviter": "Ben"})

    assert mail.subject
    assert "\n" not in mail.subject
    assert "Ana <b> & Co" in mail.text
    assert "Ana &lt;b&gt; &amp; Co" in mail.html
    if MAILS[template]:
        assert f"http://127.0.0.1:8000{MAILS[template]}\n" in mail.text
        assert f'href="http://127.0.0.1:8000{MAILS[template]}"' in mail.html


def test_the_styles_are_inline_and_the_rules_for_dark_and_phones_stay(app: Flask) -> None:
    html = compose("sign_in_link", {"name": "Ana", "token": "abc"}).html

    assert 'style="' in html
    assert "prefers-color-scheme: dark" in html
    assert "max-width: 619px" in html
    assert "<img" not in html


def test_a_line_end_cannot_add_a_header(app: Flask, session: Session) -> None:
    write(subject="Hello\r\nBcc: x@example.org")
    message = session.scalars(select(Message)).one()

    with pytest.raises(ValueError, match="Header values"):
        build(message, app.extensions["settings"])


def test_the_same_key_is_written_once(app: Flask, session: Session) -> None:
    assert write(key="same") is True
    assert write(key="same") is False
    assert session.scalar(select(func.count()).select_from(Message)) == 1


def test_nothing_is_written_when_its_cause_fails(app: Flask, session: Session) -> None:
    with pytest.raises(RuntimeError, match="the cause"), transaction() as writing:
        values = {"name": "Ana", "token": "abc"}
        queue_message(
            writing, purpose="p", to="a@example.org", template="sign_in_link", values=values, dedupe_key="k"
        )
        raise RuntimeError("the cause")

    assert session.scalar(select(func.count()).select_from(Message)) == 0


def test_the_bytes_hold_both_texts_in_plain_lines(app: Flask, session: Session) -> None:
    write(subject="Größe – done", text="Zeile\n.\n..\n")
    message = session.scalars(select(Message)).one()
    raw = build(message, app.extensions["settings"])

    read = email.message_from_bytes(raw, policy=policy.default)
    assert read["Subject"] == "Größe – done"
    assert [part.get_content_type() for part in read.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert raw.isascii()
    assert raw.replace(b"\r\n", b"").count(b"\n") == 0
    assert max(map(len, raw.split(b"\r\n\r\n", 1)[1].split(b"\r\n"))) <= 76


@pytest.mark.parametrize(
    "text",
    [
        "a@example.org, b@example.org",
        "a@example.org;b@example.org",
        "a@example.org b@example.org",
        "Ana <a@example.org>",
        "a@example.org\x00",
        "a@example.org\nBcc: b@example.org",
        "a@b@example.org",
        "a@example",
        "@example.org",
        "a@",
        "",
        ".a@example.org",
        "a..b@example.org",
        "a@-example.org",
        '"a b"@example.org',
        "a@example.org\u202e",
        "ä@example.org",
        f"{'a' * 65}@example.org",
        f"a@{'b' * 250}.org",
    ],
)
def test_only_one_plain_address_is_an_address(text: str) -> None:
    with pytest.raises(AddressError):
        clean_address(text)


def test_the_domain_is_kept_in_lower_case() -> None:
    assert clean_address(" Ana.Duarte+x@Example.ORG ") == "Ana.Duarte+x@example.org"


@given(st.text(alphabet='a.@<>,;:"\\ \n\r\t\x00()é-_+', max_size=30))
def test_whatever_is_taken_for_an_address_is_one(text: str) -> None:
    try:
        address = clean_address(text)
    except AddressError:
        return
    assert address.count("@") == 1
    assert address.isascii()
    assert not set(address) & set(' <>,;:"\\\r\n\t\x00()')
