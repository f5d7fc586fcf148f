"""Handing a mail over: to an SMTP server, or to a folder while none is configured."""

import os
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from training.settings import Settings

TIMEOUT_SECONDS = 20
# A server may look a message over before it answers; cutting that short would make it uncertain.
ANSWER_SECONDS = 60
_CLOSING = 421
_GO_AHEAD = 354
# What smtplib calls an answer that is none.
_GONE = -1
_NOBODY_THERE = re.compile(r"(?<![\d.])(?:5\.1\.[1236]|5\.2\.1|5\.4\.4)(?![\d.])")
_OTHER_REASON = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")


class AwayError(Exception):
    """The server cannot be reached or will not have us; no message is to blame and none was handed over."""


class LaterError(Exception):
    """This message was not taken now; trying again is right."""


class LostError(LaterError):
    """The connection is gone; the message was not taken, and the next one needs another connection."""


class RefusedError(Exception):
    """This message will never be taken; `is_address`: because nobody is at its address."""

    def __init__(self, said: str, *, is_address: bool = False) -> None:
        super().__init__(said)
        self.is_address = is_address


class UncertainError(Exception):
    """The message was handed over and the answer never came: it may have arrived."""


class Transport(Protocol):
    """Something that takes one message. `name` is unique to the message."""

    def hand_over(self, name: str, sender: str, to: str, content: bytes) -> None:
        """Return once the message is taken; raises LaterError, RefusedError or UncertainError."""


class FileTransport:
    """One `.eml` a message in a folder that only its owner can read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def hand_over(self, name: str, sender: str, to: str, content: bytes) -> None:
        part = self.folder / f".{name}.part"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            part.replace(self.folder / f"{name}.eml")
        except OSError as problem:
            raise LaterError(f"{self.folder}: {problem.strerror}") from problem


class SmtpTransport:
    """One connection, used for one message after another."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        self.smtp = smtp

    def hand_over(self, name: str, sender: str, to: str, content: bytes) -> None:
        replies = self._replies(f"MAIL FROM:<{sender}>", f"RCPT TO:<{to}>", "DATA")
        # A refused sender is this site's fault, not the message's: it waits until somebody mends that.
        self._expect(250, *next(replies), for_good=False)
        self._expect(250, *next(replies), is_recipient=True)
        self._expect(_GO_AHEAD, *next(replies))
        try:
            code, words = self._send(content)
        except (smtplib.SMTPServerDisconnected, OSError) as problem:
            raise UncertainError(f"no answer after the message: {problem}") from problem
        self._expect(250, code, words)

    def _replies(self, *commands: str) -> Iterator[tuple[int, bytes]]:
        """What the server says to each command: said at once to a server that takes it so (RFC 2920), or else
        one by one, as far as replies are asked for.
        """
        if not self.smtp.has_extn("pipelining"):
            for command in commands:
                yield from self._ask(command)
            return
        replies = self._ask(*commands)
        if replies[-1][0] == _GO_AHEAD and any(code >= 400 for code, _words in replies):
            self._ask(".")  # it would take a message to nobody: an empty one
        yield from replies

    def _ask(self, *commands: str) -> list[tuple[int, bytes]]:
        """The replies to commands said at once; the last one is _GONE where the connection was lost."""
        if not all(command.isprintable() for command in commands):
            raise ValueError("a command is one line")
        replies = list[tuple[int, bytes]]()
        try:
            self.smtp.send("".join(f"{command}\r\n" for command in commands))
            while len(replies) < len(commands):
                replies.append(self.smtp.getreply())
        except (smtplib.SMTPServerDisconnected, OSError) as problem:
            replies.append((_GONE, f"connection lost: {problem}".encode()))
        return replies

    def _send(self, content: bytes) -> tuple[int, bytes]:
        if self.smtp.sock:
            self.smtp.sock.settimeout(ANSWER_SECONDS)
        self.smtp.send(_dot_stuffed(content) + b".\r\n")
        reply = self.smtp.getreply()
        if self.smtp.sock:
            self.smtp.sock.settimeout(TIMEOUT_SECONDS)
        return reply

    def _expect(
        self, wanted: int, code: int, words: bytes, *, for_good: bool = True, is_recipient: bool = False
    ) -> None:
        if code == wanted or (wanted == 250 and code == 251):
            return
        said = words.decode("utf-8", "replace")
        if code == _GONE:
            raise LostError(said)
        said = f"{code} {said}"
        if code == _CLOSING:
            raise LostError(said)
        with suppress(smtplib.SMTPServerDisconnected, OSError):
            self.smtp.rset()
        if code >= 500 and for_good:
            raise RefusedError(said, is_address=is_recipient and says_nobody_is_there(said))
        raise LaterError(said)


def says_nobody_is_there(said: str) -> bool:
    """Whether a refusal is the address's fault for good, and not a full mailbox's or the sender's."""
    if _NOBODY_THERE.search(said):
        return True
    return said[:3] in ("550", "551", "553") and not _OTHER_REASON.search(said)


def _dot_stuffed(content: bytes) -> bytes:
    """A line that is a single dot would end the message early."""
    if not content.endswith(b"\r\n"):
        content += b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", content)


@contextmanager
def open_transport(settings: Settings) -> Iterator[Transport]:
    """Where this installation's mail goes; raises AwayError where the server cannot be reached."""
    if not settings.smtp_url:
        yield FileTransport(settings.instance / "outbox")
        return
    smtp = _connect(settings.smtp_url)
    try:
        yield SmtpTransport(smtp)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()


def _connect(url: str) -> smtplib.SMTP:
    """`smtp://user:password@host:587` (STARTTLS where it is offered, and always before a password) or `smtps://`."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("smtp", "smtps") or not host:
        raise AwayError("TRAINING_SMTP_URL should look like smtp://user:password@mail.example.org:587")
    try:
        if parts.scheme == "smtps":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                host, parts.port or 465, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
            )
        else:
            smtp = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT_SECONDS)
        _greet(smtp, unquote(parts.username or ""), unquote(parts.password or ""))
    except (smtplib.SMTPException, OSError) as problem:
        raise AwayError(f"the mail server at {host} cannot be used: {problem}") from problem
    return smtp


def _greet(smtp: smtplib.SMTP, user: str, password: str) -> None:
    smtp.ehlo()
    is_safe = isinstance(smtp, smtplib.SMTP_SSL)
    if not is_safe and smtp.has_extn("starttls"):
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo()
        is_safe = True
    if user:
        if not is_safe:
            smtp.quit()
            raise smtplib.SMTPException("it offers no encryption, so the password was not sent")
        smtp.login(user, password)
