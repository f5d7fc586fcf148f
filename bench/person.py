"""People in a closed loop: each waits for an answer before asking again, with cookies, on one connection."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class Line:
    """One kept connection, spoken by hand: the client's own cost is in every figure, so it is kept small."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port = port
        self.cookie = cookie
        self._socket: socket.socket | None = None

    def ask(self, method: str, path: str, body: str = "", headers: str = "") -> tuple[int, bytes]:
        """Status and everything else, headers first. `headers`: lines of one's own, each with its end."""
        kind = "Content-Type: application/x-www-form-urlencoded\r\n" if body else ""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\n"
            f"{headers}{kind}Content-Length: {len(body)}\r\n\r\n{body}"
        )
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(head.encode())
        return self._read(self._socket)

    def _read(self, line: socket.socket) -> tuple[int, bytes]:
        said = b""
        while (end := said.find(b"\r\n\r\n")) < 0:
            said += self._more(line)
        found = _LENGTH.search(said, 0, end)
        length = end + 4 + (int(found[1]) if found else 0)
        while len(said) < length:
            said += self._more(line)
        return int(said[9:12]), said

    def _more(self, line: socket.socket) -> bytes:
        if not (part := line.recv(65536)):
            raise ConnectionError("the server closed the connection")
        return part

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()


# One thing done from beginning to end; raises where the answer is not the right one.
Deed = Callable[[], None]


@dataclass
class Window:
    """What a number of people got done in a while. Times in seconds."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0

    def quantile(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def measure(deeds: Sequence[Deed], seconds: float) -> Window:
    """Everybody does their deed again and again for so long; one that was begun is ended and counted."""
    window, lock = Window(), threading.Lock()
    begun = time.perf_counter()
    end = begun + seconds

    def loop(deed: Deed) -> None:
        times: list[float] = []
        while (now := time.perf_counter()) < end:
            try:
                deed()
            except (OSError, AssertionError, ValueError) as problem:
                with lock:
                    window.errors.append(repr(problem)[:200])
                continue
            times.append(time.perf_counter() - now)
        with lock:
            window.times += times

    threads = [threading.Thread(target=loop, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    window.seconds = time.perf_counter() - begun
    return window
