"""A mail server that answers by a script and keeps each piece as it came, to see what was said at once."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from training.settings import Settings

_ANSWERS = {"MAIL": "250 OK", "DATA": "354 go on", "RSET": "250 OK", "QUIT": "221 bye"}


@dataclass
class Scripted:
    """`offers` are its extensions; who is in `refuses` is refused, and the message asked for all the same."""

    offers: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    pieces: list[bytes] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)

    def serve(self, listening: socket.socket) -> None:
        """One connection, to its end."""
        line, _where = listening.accept()
        with line:
            line.sendall(b"220 here\r\n")
            while piece := line.recv(1_000_000):
                self.pieces.append(piece)
                for command in piece.decode().splitlines():
                    line.sendall(f"{self._answer(command)}\r\n".encode())
                    if command == "DATA":
                        self.messages.append(_message(line))
                        line.sendall(b"250 taken\r\n")

    def _answer(self, command: str) -> str:
        verb = command.split(" ", 1)[0].upper()
        if verb == "EHLO":
            return "\r\n".join(["250-here", *(f"250-{offer}" for offer in self.offers), "250 HELP"])
        if verb == "RCPT":
            return "550 5.1.1 nobody" if any(one in command for one in self.refuses) else "250 OK"
        return _ANSWERS[verb]


def _message(line: socket.socket) -> bytes:
    taken = b""
    while not f"\r\n{taken.decode()}".endswith("\r\n.\r\n"):
        taken += line.recv(1_000_000)
    return taken


@contextmanager
def scripted(server: Scripted, settings: Settings) -> Iterator[Settings]:
    """The settings of a site whose mail goes to `server`."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        serving = threading.Thread(target=server.serve, args=(listening,), daemon=True)
        serving.start()
        yield replace(settings, smtp_url=f"smtp://127.0.0.1:{listening.getsockname()[1]}")
        serving.join(10)
