"""One limited child process for a batch of pieces."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

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


def render(pieces: Sequence[Piece]) -> list[str]:
    """The pieces as safe HTML, in their order. Raises RenderingError; nothing in a text can do more.

    One child process with limited CPU, memory and time does them all: hostile Markdown can cost
    minutes (8 KB of `[` took 8.6 s), and then only that child ends.
    """
    if not pieces:
        return []
    long = {at: _too_long(piece) for at, piece in enumerate(pieces) if len(piece.text) > MOST_LETTERS}
    if long:
        raise RenderingError(long)
    request = json.dumps([piece.to_json() for piece in pieces]).encode()
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter, our own words; texts go in by stdin
            [sys.executable, "-I", "-c", START, _PACKAGE],
            input=request,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _all(pieces, f"it took longer than {WALL_SECONDS} seconds") from None
    if done.returncode != 0:
        raise _all(pieces, "it used more memory or time than a text may")
    reply = json.loads(done.stdout)
    if reply["failed"]:
        raise RenderingError({int(at): why for at, why in reply["failed"].items()})
    return [str(html) for html in reply["html"]]


def _too_long(piece: Piece) -> str:
    return f"it has {len(piece.text)} characters; {MOST_LETTERS} are the most"


def _all(pieces: Sequence[Piece], why: str) -> RenderingError:
    return RenderingError(dict.fromkeys(range(len(pieces)), why))
