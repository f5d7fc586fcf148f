"""A certificate for 127.0.0.1, made for a test, and what trusts it."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import self_signed


@dataclass(frozen=True)
class Certificate:
    """A certificate of this computer's own, with its key."""

    certificate: Path
    key: Path

    def for_a_server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context

    def trust(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What an operator does for a server with a certificate of its own: name it in SSL_CERT_FILE."""
        monkeypatch.setenv("SSL_CERT_FILE", str(self.certificate))


def make_certificate(folder: Path, name: str = "IP:127.0.0.1") -> Certificate:
    made = Certificate(folder / "server.pem", folder / "server.key")
    self_signed.make_certificate(made.certificate, made.key, called="mail.test", name=name)
    return made
