"""A real IMAP conversation on this computer: TLS, one folder, the few commands that a reader needs."""

from __future__ import annotations

import base64
import re
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.mail.conftest import free_port
from tests.mail.secure import Certificate

USER, PASSWORD, FOLDER = "bounces@example.org", 's3cret "\\@:/', "Came back"


@dataclass
class Post:
    """What lies in the folder; uids count from 1. `seen`: those with the flag. `said`: every command."""

    messages: list[bytes] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    capabilities: str = "IMAP4rev1"
    hangs_up_at: str = ""
    refuses: str = ""

    def unread(self) -> list[int]:
        return [uid for uid in range(1, len(self.messages) + 1) if uid not in self.seen]


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    post: Post
    wbufsize = -1  # an answer goes out in one piece

    def handle(self) -> None:
        self.say("* OK ready")
        self.wfile.flush()
        while line := self.rfile.readline():
            tag, _space, rest = line.decode().rstrip("\r\n").partition(" ")
            self.post.said.append(rest)
            if self.post.hangs_up_at and rest.startswith(self.post.hangs_up_at):
                return
            if self.post.refuses and rest.startswith(self.post.refuses):
                self.say(f"{tag} NO not today")
                self.wfile.flush()
                continue
            answer = self.answer(rest)
            self.say(f"{tag} {answer}")
            self.wfile.flush()
            if rest == "LOGOUT":
                return

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def answer(self, rest: str) -> str:
        word = rest.split(" ")[0]
        if word == "UID":
            return self.uid(rest.removeprefix("UID "))
        if word == "CAPABILITY":
            self.say(f"* CAPABILITY {self.post.capabilities}")
        elif word == "LOGIN":
            quoted = PASSWORD.replace("\\", "\\\\").replace('"', '\\"')
            if rest != f'LOGIN "{USER}" "{quoted}"':
                return "NO [AUTHENTICATIONFAILED] who are you?"
        elif word == "AUTHENTICATE":
            self.say("+ ")
            self.wfile.flush()
            if base64.b64decode(self.rfile.readline()) != f"\0{USER}\0{PASSWORD}".encode():
                return "NO [AUTHENTICATIONFAILED] who are you?"
        elif word == "SELECT":
            if rest != f'SELECT "{FOLDER}"':
                return "NO no such folder"
            self.say(f"* {len(self.post.messages)} EXISTS")
        elif word == "LOGOUT":
            self.say("* BYE")
        return "OK done"

    def uid(self, rest: str) -> str:
        if rest == "SEARCH UNSEEN":
            self.say("* SEARCH" + "".join(f" {uid}" for uid in self.post.unread()))
        elif found := re.fullmatch(r"FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", rest):
            content = self.post.messages[int(found[1]) - 1][: int(found[2])]
            self.wfile.write(
                b"* %s FETCH (UID %s BODY[]<0> {%d}\r\n" % ((found[1].encode(),) * 2 + (len(content),))
            )
            self.wfile.write(content + b")\r\n")
        elif found := re.fullmatch(r"STORE (\d+) \+FLAGS\.SILENT \(\\Seen\)", rest):
            self.post.seen.add(int(found[1]))
        else:
            return "BAD what?"
        return "OK done"


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, post: Post, context: ssl.SSLContext) -> None:
        handler = type("Talking", (Conversation,), {"post": post})
        super().__init__(("127.0.0.1", free_port()), handler)
        self.context = context

    def get_request(self) -> tuple[socket.socket, Any]:
        """The handshake comes later, in the connection's own thread."""
        plain, where = super().get_request()
        return self.context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False), where

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up, or that does not trust us, is what some tests are about."""


@contextmanager
def imap_server(post: Post, certificate: Certificate) -> Iterator[int]:
    """A server in a thread of its own; gives its port."""
    server = Server(post, certificate.for_a_server())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
