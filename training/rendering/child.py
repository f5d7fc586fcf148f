"""The child process: reads pieces as JSON, writes HTML as JSON, under limits of its own.

It runs without the site around it, so it imports nothing but the renderer.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from types import FrameType

from training.rendering.dialect import Renderer
from training.rendering.pieces import Piece

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 60
PIECE_SECONDS = 1.5


class Overrun(BaseException):
    """A piece used up its time. Not an Exception: no `except Exception` on the way may swallow it."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Overrun


def main() -> None:
    """Render what stands on stdin. Stops at the first piece that overruns: the caller finds the culprit."""
    limit_this_process()
    pieces = [Piece.from_json(held) for held in json.load(sys.stdin.buffer)]
    renderer, html, failed = Renderer(), [], {}
    for at, piece in enumerate(pieces):
        try:
            html.append(_one(renderer, piece))
        except Overrun:
            failed[at] = "it takes too long to read as Markdown: look for long runs of brackets or marks"
            break
        except (RecursionError, MemoryError):
            failed[at] = "its quotes, lists or marks are nested too deeply"
            break
    json.dump({"html": html, "failed": failed}, sys.stdout)


def _one(renderer: Renderer, piece: Piece) -> str:
    signal.setitimer(signal.ITIMER_PROF, PIECE_SECONDS)
    try:
        return renderer.html(piece)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def limit_this_process() -> None:
    """From now on this process has little memory, little time, and may write no file."""
    signal.signal(signal.SIGPROF, _stop)
    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))
