"""The connection to a mail server: encrypted, signed in, used for many, opened again, never waited for."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from flask import Flask
from sqlalchemy import select

from tests.mail.conftest import Hand, Mailbox, free_port, write
from tests.mail.secure import Certificate, make_certificate
from training.database import db
from training.mail import transport
from training.mail.delivery import deliver_waiting
from training.mail.models import Message
from training.mail.transport import says_nobody_is_there
from training.settings import Settings


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return make_certificate(tmp_path)


def admit(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, said: object) -> AuthResult:
    is_right = isinstance(said, LoginPassword) and (said.login, said.password) == (b"ana", b"s3cret @:/")
    return AuthResult(success=is_right)


@contextmanager
def secure_server(mailbox: Mailbox, certificate: Certificate, *, implicit: bool) -> Iterator[int]:
    context, port = certificate.for_a_server(), free_port()
    options: dict[str, Any] = {"authenticator": admit}
    if implicit:  # the library takes the connection for a bare one, so it does not ask for a password itself
        options |= {"ssl_context": context, "auth_require_tls": False}
    else:
        options |= {"tls_context": context, "require_starttls": True, "auth_required": True}
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def states() -> list[str]:
    db.session.remove()
    return [row.state for row in db.session().scalars(select(Message).order_by(Message.id))]


@pytest.mark.parametrize(("scheme", "implicit"), [("smtp", False), ("smtps", True)])
def test_it_encrypts_then_signs_in_then_sends(
    app: Flask,
    mailbox: Mailbox,
    certificate: Certificate,
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
    implicit: bool,
) -> None:
    certificate.trust(monkeypatch)
    write()
    with secure_server(mailbox, certificate, implicit=implicit) as port:
        url = f"{scheme}://ana:s3cret%20%40%3A%2F@127.0.0.1:{port}"
        done = deliver_waiting(replace(app.extensions["settings"], smtp_url=url))

    assert str(done) == "1 sent"
    assert len(mailbox.taken) == 1


@pytest.mark.parametrize(("scheme", "implicit"), [("smtp", False), ("smtps", True)])
def test_a_certificate_that_nobody_vouches_for_gets_no_mail_and_no_password(
    app: Flask, mailbox: Mailbox, certificate: Certificate, scheme: str, implicit: bool
) -> None:
    write()
    with secure_server(mailbox, certificate, implicit=implicit) as port:
        url = f"{scheme}://ana:s3cret%20%40%3A%2F@127.0.0.1:{port}"
        done = deliver_waiting(replace(app.extensions["settings"], smtp_url=url))

    assert "certificate" in done.problem.lower()
    assert (states(), mailbox.taken) == (["queued"], [])


def test_a_certificate_of_another_server_is_refused(
    app: Flask, mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_certificate(tmp_path, "DNS:elsewhere.example.org")
    other.trust(monkeypatch)
    write()
    with secure_server(mailbox, other, implicit=True) as port:
        url = f"smtps://ana:s3cret%20%40%3A%2F@127.0.0.1:{port}"
        assert "cannot be used" in deliver_waiting(replace(app.extensions["settings"], smtp_url=url)).problem

    assert mailbox.taken == []


def test_a_wrong_password_blames_no_mail(
    app: Flask, mailbox: Mailbox, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate.trust(monkeypatch)
    write()
    with secure_server(mailbox, certificate, implicit=True) as port:
        url = f"smtps://ana:wrong@127.0.0.1:{port}"
        done = deliver_waiting(replace(app.extensions["settings"], smtp_url=url))

    assert "cannot be used" in done.problem
    assert "wrong" not in done.problem
    assert states() == ["queued"]


class Counting(Mailbox):
    """Counts connections, and hangs up on an address once or always."""

    connections = 0
    drops: tuple[str, ...] = ()

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.drops:
            return "421 not with you"
        return await super().handle_RCPT(server, session, envelope, address, options)


@contextmanager
def counting_server(app: Flask) -> Iterator[tuple[Counting, Settings]]:
    counting, port = Counting(), free_port()
    controller = Controller(counting, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield counting, replace(app.extensions["settings"], smtp_url=f"smtp://127.0.0.1:{port}")
    finally:
        controller.stop()


def test_one_connection_carries_them_all(app: Flask) -> None:
    for number in range(45):  # more than one batch
        write(to=f"a{number}@example.org", key=str(number))
    with counting_server(app) as (counting, settings):
        assert str(deliver_waiting(settings)) == "45 sent"

    assert counting.connections == 1


def test_a_poison_recipient_stops_nobody(app: Flask) -> None:
    for name in ("a", "poison", "b"):
        write(to=f"{name}@example.org", key=name)
    with counting_server(app) as (counting, settings):
        counting.drops = ("poison@example.org",)
        assert str(deliver_waiting(settings)) == "1 queued, 2 sent"

    assert counting.connections == 2
    assert states() == ["sent", "queued", "sent"]


def test_a_server_that_drops_everybody_is_left_alone_until_the_next_round(app: Flask) -> None:
    names = [f"a{number}@example.org" for number in range(10)]
    for name in names:
        write(to=name, key=name)
    with counting_server(app) as (counting, settings):
        counting.drops = tuple(names)
        done = deliver_waiting(settings)

    assert "drops its connections" in done.problem
    assert counting.connections == 3
    db.session.remove()
    rows = list(db.session().scalars(select(Message)))
    assert [row.state for row in rows] == ["queued"] * 10
    assert sorted(row.tries for row in rows) == [0] * 7 + [1] * 3
    assert all(row.leased_until is None for row in rows)


def test_a_server_that_says_nothing_is_given_up_after_a_while(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "TIMEOUT_SECONDS", 0.2)
    write()
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        done = deliver_waiting(replace(app.extensions["settings"], smtp_url=url))

    assert "cannot be used" in done.problem
    assert states() == ["queued"]


def test_greylisting_is_waited_for(app: Flask, smtp: Settings, mailbox: Mailbox, time: Hand) -> None:
    mailbox.refuse = {"ana@example.org": "451 4.7.1 greylisted, come again in five minutes"}
    write()
    assert str(deliver_waiting(smtp)) == "1 queued"
    mailbox.refuse = {}
    time.at += timedelta(minutes=2)
    assert str(deliver_waiting(smtp)) == "1 sent"


@pytest.mark.parametrize(
    ("said", "is_so"),
    [
        ("550 no such user", True),
        ("550 5.1.1 unknown", True),
        ("553 5.1.3 bad address", True),
        ("550 5.2.1 mailbox disabled", True),
        ("550 5.7.1 message refused by policy", False),
        ("552 5.2.2 mailbox full", False),
        ("554 5.7.1 relay access denied", False),
        ("554 spam", False),
    ],
)
def test_only_an_address_where_nobody_is_counts_against_it(said: str, is_so: bool) -> None:
    assert says_nobody_is_there(said) is is_so


def refuse_three_times(smtp: Settings, mailbox: Mailbox, said: str) -> None:
    mailbox.refuse = {"gone@example.org": said}
    for number in range(3):
        write(to="gone@example.org", key=str(number))
        deliver_waiting(smtp)
    mailbox.refuse = {}


def test_three_hard_failures_stop_the_address(app: Flask, smtp: Settings, mailbox: Mailbox) -> None:
    refuse_three_times(smtp, mailbox, "550 5.1.1 nobody")
    write(to="gone@example.org", key="fourth")
    write(to="other@example.org", key="other")
    deliver_waiting(smtp)

    assert states() == ["failed"] * 3 + ["suppressed", "sent"]


def test_three_refusals_of_what_it_says_stop_no_address(app: Flask, smtp: Settings, mailbox: Mailbox) -> None:
    refuse_three_times(smtp, mailbox, "554 5.7.1 we do not like this")
    write(to="gone@example.org", key="fourth")
    deliver_waiting(smtp)

    assert states() == ["failed"] * 3 + ["sent"]


def test_a_page_never_waits_for_a_mail_server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sender in the middle of a hand-over that hangs holds no lock that a write needs."""
    write(key="first")
    with socket.socket() as hangs:
        hangs.bind(("127.0.0.1", 0))
        hangs.listen()
        settings = replace(app.extensions["settings"], smtp_url=f"smtp://127.0.0.1:{hangs.getsockname()[1]}")
        monkeypatch.setattr(transport, "TIMEOUT_SECONDS", 5)

        def send() -> None:
            with app.app_context():
                deliver_waiting(settings)

        sender = threading.Thread(target=send)
        sender.start()
        taken, _where = hangs.accept()  # the sender waits for a greeting that never comes
        db.session.remove()
        assert write(key="meanwhile") is True
        taken.close()
        sender.join()


def test_nothing_older_than_tls_1_2_is_spoken() -> None:
    assert ssl.create_default_context().minimum_version >= ssl.TLSVersion.TLSv1_2
