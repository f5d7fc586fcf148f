"""A browser's HTTP, with a session: a request is answered, or it is not known whether it arrived."""

from __future__ import annotations

import http.client
import re
import time
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

PATIENCE = 30.0


@dataclass(frozen=True)
class Answer:
    """`status` is None where the connection broke."""

    status: int | None
    body: str = ""
    location: str = ""
    applied: str = ""


@dataclass
class Client:
    """One signed-in browser; tabs of it share cookies and the form's token."""

    port: int
    session: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    # When each answer came, and after how many seconds.
    waits: list[tuple[float, float]] = field(default_factory=list)

    def get(self, path: str) -> Answer:
        answer = self._ask("GET", path, None)
        if found := re.search(r'name="csrf_token" value="([^"]+)"', answer.body):
            self.token = found[1]
        return answer

    def post(self, path: str, fields: dict[str, object], prefer: str = "") -> Answer:
        return self._ask("POST", path, urlencode({"csrf_token": self.token, **fields}), prefer)

    def _ask(self, method: str, path: str, body: str | None, prefer: str = "") -> Answer:
        cookies = {"session": self.session, **self.cookies}
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        if prefer:
            headers["Prefer"] = prefer
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        asked = time.monotonic()
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
                connection.request(method, path, body=body, headers=headers)
                response = connection.getresponse()
                said = response.read().decode()
        except (OSError, http.client.HTTPException):
            return Answer(None)
        self.waits.append((time.monotonic(), time.monotonic() - asked))
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            if name != "session":
                self.cookies[name] = value
        location = urlsplit(response.headers.get("Location") or "")
        applied = response.headers.get("Preference-Applied") or ""
        return Answer(response.status, said, location.path, applied)
