"""The mailbox into which undeliverable mail comes back: IMAP, over TLS always."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import unquote, urlsplit

from training.mail.reports import MOST_BYTES
from training.mail.transport import TIMEOUT_SECONDS, AwayError
from training.settings import Settings


class Mailbox:
    """An open folder. Reading a message does not mark it; `mark_read` does, and nothing is ever deleted."""

    def __init__(self, imap: imaplib.IMAP4) -> None:
        self.imap = imap

    def unread(self) -> list[str]:
        """What nobody has read, the oldest first."""
        (found, *_rest) = self._ask("SEARCH", "UNSEEN")
        return found.decode("ascii", "replace").split() if isinstance(found, bytes) else []

    def read(self, uid: str) -> bytes:
        """The beginning of a message; empty where it is gone."""
        answer = self._ask("FETCH", uid, f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
        return next((bytes(part[1]) for part in answer if isinstance(part, tuple)), b"")

    def mark_read(self, uid: str) -> None:
        self._ask("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")

    def _ask(self, command: str, *words: str) -> list[Any]:
        said, answer = self.imap.uid(command, *words)
        if said != "OK":
            raise imaplib.IMAP4.error(f"{command}: {answer[0]!r}")
        return answer


@contextmanager
def open_mailbox(settings: Settings) -> Iterator[Mailbox]:
    """The folder of TRAINING_BOUNCES_URL; raises AwayError where it cannot be read, then or later."""
    parts = urlsplit(settings.bounces_url)
    host = parts.hostname or ""
    try:
        context = ssl.create_default_context()
        imap = imaplib.IMAP4_SSL(host, parts.port or 993, ssl_context=context, timeout=TIMEOUT_SECONDS)
        try:
            _sign_in(imap, unquote(parts.username or ""), unquote(parts.password or ""))
            _open_folder(imap, unquote(parts.path.strip("/")) or "INBOX")
            yield Mailbox(imap)
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                imap.logout()
            with suppress(OSError):  # a line that broke leaves its socket open
                imap.shutdown()
    except (imaplib.IMAP4.error, OSError) as problem:
        raise AwayError(f"the mailbox at {host} cannot be read: {problem}") from problem


def _sign_in(imap: imaplib.IMAP4, user: str, password: str) -> None:
    """By AUTHENTICATE PLAIN where it is offered: it takes any letter."""
    if "AUTH=PLAIN" in imap.capabilities:
        imap.authenticate("PLAIN", lambda _challenge: f"\0{user}\0{password}".encode())
    elif (user + password).isascii():
        imap.login(_quoted(user), password)
    else:
        raise imaplib.IMAP4.error("it takes no name or password with other letters than ASCII's")


def _open_folder(imap: imaplib.IMAP4, folder: str) -> None:
    said, answer = imap.select(_quoted(folder))
    if said != "OK":
        raise imaplib.IMAP4.error(f"the folder “{folder}”: {answer[0]!r}")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
