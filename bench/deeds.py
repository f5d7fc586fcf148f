"""What people do on each of the two sites."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from bench.person import Line

_TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
_COOKIE = re.compile(rb"set-cookie: (session_form=[^;]+|csrf=[^;]+|[a-z_]+=[^;]+)", re.IGNORECASE)
_STANDS_AT = re.compile(rb'(?:name="step" value="|\?step=)(\d+)')
_PREFER = "Prefer: return=representation\r\n"
_LOCATION = re.compile(rb"location: \S*(/attempts/[0-9a-z]+)", re.IGNORECASE)


class BarePlayer:
    """Steps on the bare limit, for ever."""

    def __init__(self, port: int, cookie: str) -> None:
        self.line = Line(port, cookie)
        self.said = 0

    def step(self) -> None:
        status, _answer = self.line.ask("POST", "/step", f"step={self.said + 1}&choice=1")
        assert status == 303, status
        self.said += 1
        status, _answer = self.line.ask("GET", "/page")
        assert status == 200, status


class Player:
    """Plays a call on the site, always the first reply; begins another when it is over, within the step.

    With script the page comes in answer to the step; without it, after a redirect.
    """

    def __init__(self, port: int, session: str, slug: str, *, with_script: bool) -> None:
        self.with_script = with_script
        self.line = Line(port, f"session={session}")
        self.slug = slug
        self.token = ""
        self.attempt = ""
        self.said = 0

    def begin(self) -> None:
        if not self.token:
            _status, door = self.line.ask("GET", f"/scenarios/{self.slug}")
            found = _TOKEN.search(door)
            assert found, door[:300]
            self.token = found[1].decode()
            for cookie in _COOKIE.findall(door.split(b"\r\n\r\n", 1)[0]):
                self.line.cookie += f"; {cookie.decode()}"
        start = f"/scenarios/{self.slug}/attempts"
        status, answer = self.line.ask("POST", start, f"csrf_token={self.token}&kind=practice")
        leads_to = _LOCATION.search(answer)
        assert status == 303, status
        assert leads_to, answer
        self.attempt, self.said = leads_to[1].decode(), 0

    def go_on(self) -> None:
        """Begin, or go on where the same person stopped: saying old replies again would record nothing."""
        self.begin()
        _status, page = self.line.ask("GET", self.attempt)
        stands_at = _STANDS_AT.search(page)
        assert stands_at, page[:300]
        self.said = int(stands_at[1]) - 1

    def step(self) -> None:
        if not self.attempt:
            self.begin()
        body = f"csrf_token={self.token}&step={self.said + 1}&choice=1"
        if self.with_script:
            status, page = self.line.ask("POST", f"{self.attempt}/steps", body, _PREFER)
        else:
            status, _answer = self.line.ask("POST", f"{self.attempt}/steps", body)
            assert status == 303, status
            status, page = self.line.ask("GET", self.attempt)
        assert status == 200, status
        self.said += 1
        if f"{self.attempt}/debrief".encode() in page:
            self.attempt = ""


class Reader:
    """Asks for one page again and again."""

    def __init__(self, port: int, cookie: str, path: str) -> None:
        self.line = Line(port, cookie)
        self.path = path

    def read(self) -> None:
        status, _answer = self.line.ask("GET", self.path)
        assert status == 200, (self.path, status)


class SignIn:
    """Signs in by password in a fresh browser each time: most of it is the hash, which is meant to cost."""

    def __init__(self, port: int, address: str, password: str) -> None:
        self.port = port
        self.address = address
        self.password = password

    def sign_in(self) -> None:
        line = Line(self.port, "")
        try:
            _status, door = line.ask("GET", "/sign-in")
            found = _TOKEN.search(door)
            assert found, door[:300]
            line.cookie = "; ".join(one.decode() for one in _COOKIE.findall(door.split(b"\r\n\r\n", 1)[0]))
            typed = {"csrf_token": found[1].decode(), "identifier": self.address, "password": self.password}
            status, answer = line.ask("POST", "/sign-in", urlencode(typed))
            assert status == 303, (status, answer[:300])
        finally:
            line.close()
