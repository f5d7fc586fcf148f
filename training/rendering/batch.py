"""One limited child process for a batch of pieces."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from training.rendering.ahead import Child, NextChild
from training.rendering.pieces import Piece

WALL_SECONDS = 120
MOST_LETTERS = 64 * 1024
# The child loads this package alone: a stand-in named `training` spares it the whole site.
START = (
    "import sys, types; site = types.ModuleType('training'); site.__path__ = [sys.argv[1]];"
    " sys.modules['training'] = site; from training.rendering.child import main; main()"
)
_PACKAGE = str(Path(__file__).resolve().parents[1])


class RenderingError(Exception):
    """Pieces that could not be rendered within the limits. `failed` gives a reason by index.

    Where the whole child failed, every piece is in `failed`: render fewer at once to find the culprit.
    """

    def __init__(self, failed: Mapping[int, str]) -> None:
        super().__init__("; ".join(sorted(set(failed.values()))))
        self.failed = dict(failed)


def render(pieces: Sequence[Piece], *, ahead: bool = False) -> list[str]:
    """The pieces as safe HTML, in their order. Raises RenderingError; nothing in a text can do more.

    One child process with limited CPU, memory and time does them all: hostile Markdown can cost
    minutes (8 KB of `[` took 8.6 s), and then only that child ends. `ahead`: keep the next child
    waiting, for who will ask again in a moment.
    """
    if not pieces:
        return []
    long = {at: _too_long(piece) for at, piece in enumerate(pieces) if len(piece.text) > MOST_LETTERS}
    if long:
        raise RenderingError(long)
    request = json.dumps([piece.to_json() for piece in pieces]).encode()
    child = _next.take() if ahead else start_child()
    try:
        reply = _answer(child, request)
    finally:
        if ahead:
            _next.make_ready()
    if reply is None:
        raise _all(pieces, "it used more memory or time than a text may")
    held = json.loads(reply)
    if held["failed"]:
        raise RenderingError({int(at): why for at, why in held["failed"].items()})
    return [str(html) for html in held["html"]]


def start_child() -> Child:
    """A child that loads the renderer, then does the one batch that comes on its stdin."""
    return subprocess.Popen(  # noqa: S603  # our own interpreter, our own words; texts go in by stdin
        [sys.executable, "-I", "-c", START, _PACKAGE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _answer(child: Child, request: bytes) -> bytes | None:
    """What the child wrote; None where it ended before it was done, or was ended because it took too long."""
    with child:
        try:
            reply, _nothing = child.communicate(request, timeout=WALL_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            return None
        except BaseException:
            child.kill()
            raise
    return reply if child.returncode == 0 else None


_next = NextChild(start_child)


def _too_long(piece: Piece) -> str:
    return f"it has {len(piece.text)} characters; {MOST_LETTERS} are the most"


def _all(pieces: Sequence[Piece], why: str) -> RenderingError:
    return RenderingError(dict.fromkeys(range(len(pieces)), why))
