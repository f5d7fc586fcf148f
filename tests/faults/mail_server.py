"""A real SMTP server that misbehaves by a script, and counts what it took."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_MESSAGE_ID = re.compile(rb"^Message-ID: <([^@>]+)@", re.MULTILINE)


class Whim(StrEnum):
    """What the server does to an address, told by how the address begins."""

    KIND = "kind"
    GONE = "gone"  # 550, always
    GREY = "grey"  # 451 at the first try
    FULL = "full"  # 452 after the message, at the first try
    DROPS = "drops"  # hangs up before the message, at the first try
    TAKES = "takes"  # takes the message and hangs up without a word
    CLOSES = "closes"  # 421 at the first try


class Misbehaving:
    """Takes each message or not, by the whim its address names; every message taken is counted.

    Every other connection may say its commands at once. While `hangs` is set it answers nobody, whatever
    they ask.
    """

    def __init__(self) -> None:
        self.greeted = 0
        self.hangs = threading.Event()
        self.hung: list[tuple[float, float]] = []
        self.taken: Counter[str] = Counter()
        self.addresses: Counter[str] = Counter()
        self._tried: set[str] = set()
        self._lock = threading.Lock()

    def is_first(self, address: str) -> bool:
        with self._lock:
            first = address not in self._tried
            self._tried.add(address)
            return first

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.greeted += 1
        return ["250-PIPELINING", *responses] if self.greeted % 2 else responses

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        await self._hang()
        whim = whim_of(address)
        if whim is Whim.GONE:
            return "550 5.1.1 nobody of that name"
        if whim in (Whim.GREY, Whim.CLOSES, Whim.DROPS) and self.is_first(address):
            if whim is Whim.DROPS:
                _abort(server)
            return "451 4.7.1 come again" if whim is Whim.GREY else "421 closing"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        await self._hang()
        address = envelope.rcpt_tos[0]
        whim = whim_of(address)
        if whim is Whim.FULL and self.is_first(address):
            return "452 4.2.2 mailbox full"
        content = envelope.original_content
        found = _MESSAGE_ID.search(content) if isinstance(content, bytes) else None
        assert found is not None
        with self._lock:
            self.taken[found[1].decode()] += 1
            self.addresses[address] += 1
        if whim is Whim.TAKES:
            _abort(server)
        return "250 OK"

    def hang_for(self, seconds: float) -> None:
        """From now on; `hung` says from when to when."""
        self.hangs.set()
        self.hung.append((time.monotonic(), time.monotonic() + seconds))
        end = threading.Timer(seconds, self.hangs.clear)
        end.daemon = True
        end.start()

    async def _hang(self) -> None:
        while self.hangs.is_set():
            await asyncio.sleep(0.02)


def whim_of(address: str) -> Whim:
    return Whim(address.partition("-")[0])


def _abort(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


@contextmanager
def misbehaving() -> Iterator[tuple[Misbehaving, str]]:
    """The running server's handler, and its address as TRAINING_SMTP_URL."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    handler = Misbehaving()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield handler, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
