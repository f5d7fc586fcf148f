"""A server that takes commands together gets sender, recipient and DATA at once: half the round trips."""

from __future__ import annotations

import smtplib

import pytest
from flask import Flask
from sqlalchemy import select

from tests.mail.conftest import write
from tests.mail.scripted_server import Scripted, scripted
from training.database import db
from training.mail.delivery import deliver_waiting
from training.mail.models import Message
from training.mail.transport import SmtpTransport

ASKED = [b"MAIL FROM:<zanshin@localhost.invalid>\r\n", b"RCPT TO:<ana@example.org>\r\n", b"DATA\r\n"]


def sent_by(server: Scripted, app: Flask, *names: str) -> str:
    for name in names:
        write(to=f"{name}@example.org", key=name)
    with scripted(server, app.extensions["settings"]) as settings:
        return str(deliver_waiting(settings))


def said(server: Scripted) -> list[bytes]:
    return [piece for piece in server.pieces if not piece.startswith((b"ehlo", b"QUIT", b"quit"))]


def test_all_is_said_at_once_where_the_server_offers_it(app: Flask) -> None:
    server = Scripted(offers=("PIPELINING", "8BITMIME"))

    assert sent_by(server, app, "ana", "ben") == "2 sent"
    assert said(server)[0] == b"".join(ASKED)
    assert len(said(server)) == 2
    assert [b"To: ana@" in server.messages[0], b"To: ben@" in server.messages[1]] == [True, True]


def test_each_waits_for_the_answer_before_where_it_does_not(app: Flask) -> None:
    server = Scripted(offers=("8BITMIME",))

    assert sent_by(server, app, "ana") == "1 sent"
    assert said(server) == ASKED


def test_what_is_asked_for_nobody_is_an_empty_message_and_the_next_mail_is_whole(app: Flask) -> None:
    server = Scripted(offers=("PIPELINING",), refuses=("gone@",))

    assert sent_by(server, app, "gone", "ana") == "1 failed, 1 sent"
    assert server.messages[0] == b".\r\n"
    assert b"To: ana@example.org" in server.messages[1]
    failed = db.session().scalars(select(Message).order_by(Message.id)).first()
    assert failed is not None
    assert failed.problem == "550 5.1.1 nobody"


def test_without_it_nothing_is_asked_after_a_refusal(app: Flask) -> None:
    server = Scripted(refuses=("gone@",))

    assert sent_by(server, app, "gone") == "1 failed"
    assert server.messages == []


def test_a_command_is_one_line() -> None:
    smtp = SmtpTransport(smtplib.SMTP())

    with pytest.raises(ValueError, match="one line"):
        smtp.hand_over("k", "z@example.org\r\nRSET", "a@example.org", b"")
