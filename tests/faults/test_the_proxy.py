"""What the shipped configuration of nginx does when a site dies over a request."""

from __future__ import annotations

import http.client
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.browser.site import free_port
from tests.faults.proxy import Proxy, program

STEP, FORM, PAGE, FULL = "/attempts/0123456789abcdef/steps", "/teams", "/lessons", "/full"
BEGIN, DRAFTS = "/scenarios/the-phone-rings/attempts", "/studio/drafts"
SAVE, LOOK = f"{DRAFTS}/0123456789abcdef/saves", f"{DRAFTS}/0123456789abcdef/preview"
SAYS_503 = "<h1>Your pick is kept</h1>"
Ask = Callable[..., tuple[int, str]]


class FragileSite(ThreadingHTTPServer):
    """Dies over whatever no site had taken before. `taken` is all that some site read to its end."""

    daemon_threads = True

    def __init__(self, taken: list[str]) -> None:
        super().__init__(("127.0.0.1", 0), Answerer)
        self.taken = taken


class Answerer(BaseHTTPRequestHandler):
    server: FragileSite

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline()
        if not self.raw_requestline or not self.parse_request():
            return
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.close_connection = True
        self.server.taken.append(self.path)
        if self.path == FULL:
            self.answer(503, SAYS_503)
        elif self.server.taken.count(self.path) > 1:
            self.answer(200, "answered")

    def answer(self, status: int, said: str) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(said.encode())

    def log_message(self, *_words: object) -> None:
        """In silence."""


@pytest.fixture
def taken() -> list[str]:
    return []


@pytest.fixture
def sites(taken: list[str]) -> Iterator[list[FragileSite]]:
    found = [FragileSite(taken), FragileSite(taken)]
    for site in found:
        threading.Thread(target=site.serve_forever, daemon=True).start()
    yield found
    for site in found:
        site.shutdown()
        site.server_close()


@pytest.fixture
def ask(sites: list[FragileSite], tmp_path: Path) -> Iterator[Ask]:
    """Ask the proxy in front of the sites: what it answers, and the text."""
    if program() is None:
        pytest.skip("nginx is not here: what its example does was not tried")
    port, folder = free_port(), tmp_path / "proxy"
    proxy = Proxy(folder, port, [site.server_port for site in sites])
    trusting = ssl.create_default_context(cafile=folder / "fullchain.pem")

    def ask(method: str, path: str, body: bytes = b"a=1") -> tuple[int, str]:
        with closing(http.client.HTTPSConnection("127.0.0.1", port, context=trusting)) as connection:
            connection.request(method, path, body=body if method == "POST" else None)
            reply = connection.getresponse()
            return reply.status, reply.read().decode()

    proxy.start()
    while not (folder / "nginx.pid").exists():
        time.sleep(0.01)
    yield ask
    proxy.stop()


def test_a_page_comes_from_the_other_site(ask: Ask, taken: list[str]) -> None:
    assert ask("GET", PAGE) == (200, "answered")
    assert taken == [PAGE, PAGE]


@pytest.mark.parametrize("path", [BEGIN, STEP, SAVE, LOOK, DRAFTS, f"{DRAFTS}/openings"])
def test_what_counts_once_is_sent_to_the_other_site(ask: Ask, taken: list[str], path: str) -> None:
    assert ask("POST", path) == (200, "answered")
    assert taken == [path, path]


def test_a_long_text_passes_though_the_proxy_keeps_it_on_disk_meanwhile(ask: Ask) -> None:
    assert ask("POST", STEP, b"text=" + b"a" * 200_000) == (200, "answered")


def test_any_other_form_is_never_sent_twice_and_its_sender_is_told(ask: Ask, taken: list[str]) -> None:
    status, said = ask("POST", FORM)

    assert taken == [FORM]
    assert status == 503
    assert "send it again" in said


def test_the_sites_own_refusal_is_passed_on_and_no_site_is_taken_for_dead(ask: Ask, taken: list[str]) -> None:
    for _ in range(6):
        assert ask("GET", FULL) == (503, SAYS_503)
    assert taken == [FULL] * 6
