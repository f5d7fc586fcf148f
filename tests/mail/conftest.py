"""What tests of mail share: a real SMTP server on this computer, and a row in the outbox."""

import asyncio
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from training import clock
from training.database import transaction
from training.mail.composition import Composed
from training.mail.service import queue_composed
from training.settings import Settings


@dataclass
class Mailbox:
    """A handler of a real server. `answers` are given to the next messages; then everything is taken."""

    taken: list[bytes] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    refuse_sender: str = ""
    hang_up: bool = False
    pause: float = 0

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return ["250-PIPELINING", *responses]

    async def handle_MAIL(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuse_sender:
            return self.refuse_sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content
        assert isinstance(content, bytes)
        if self.hang_up:
            self.hang_up = False
            self.taken.append(content)
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "451 gone"
        if self.answers:
            answer = self.answers.pop(0)
            if not answer.startswith("250"):
                return answer
        self.taken.append(content)
        await asyncio.sleep(self.pause)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def smtp(app: Flask, mailbox: Mailbox) -> Iterator[Settings]:
    """The site's settings with a real server behind `mailbox`."""
    port = free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings: Settings = app.extensions["settings"]
    yield replace(settings, smtp_url=f"smtp://127.0.0.1:{port}", mail_from="Zanshin <z@example.org>")
    controller.stop()


@pytest.fixture
def outbox(app: Flask) -> Path:
    """Where mail goes while no server is configured."""
    settings: Settings = app.extensions["settings"]
    return settings.instance / "outbox"


@pytest.fixture
def time() -> Iterator["Hand"]:
    hand = Hand()
    with clock.running(hand):
        yield hand


class Hand:
    """A clock that goes on only when it is told to."""

    def __init__(self) -> None:
        self.at = clock.now()

    def __call__(self) -> datetime:
        return self.at


def write(
    to: str = "ana@example.org", key: str = "k", subject: str = "Hello", text: str = "Hello.\n"
) -> bool:
    """One mail in the outbox."""
    with transaction() as session:
        composed = Composed(subject, text, "<p>Hello.</p>")
        return queue_composed(session, purpose="test", to=to, composed=composed, dedupe_key=key)
