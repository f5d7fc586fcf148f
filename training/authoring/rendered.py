"""Pieces of Markdown rendered lately: while somebody types, nearly all of a text is as it was."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from training.rendering import Piece, RenderingError, render

KEPT = 8_000


class RenderedPieces:
    """The HTML of the pieces last used. A piece holds all that its HTML depends on, so none is ever stale."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._held: OrderedDict[Piece, str] = OrderedDict()
        self._lock = Lock()

    def html(self, pieces: Sequence[Piece]) -> dict[Piece, str]:
        """HTML by piece; those that are new are rendered in one limited child.

        RenderingError as `render`, its indices being those of the distinct pieces in their order.
        """
        wanted = list(dict.fromkeys(pieces))
        with self._lock:
            found = {piece: self._held[piece] for piece in wanted if piece in self._held}
        new = [piece for piece in wanted if piece not in found]
        try:
            found |= zip(new, render(new, ahead=True), strict=True)
        except RenderingError as refused:
            raise RenderingError({wanted.index(new[at]): why for at, why in refused.failed.items()}) from None
        self._keep(found)
        return found

    def _keep(self, found: dict[Piece, str]) -> None:
        with self._lock:
            for piece, html in found.items():
                self._held[piece] = html
                self._held.move_to_end(piece)
            while len(self._held) > self._most:
                self._held.popitem(last=False)


_pieces = RenderedPieces()


def html_of(pieces: Sequence[Piece]) -> dict[Piece, str]:
    """The HTML of all these pieces; what this process has rendered lately is not rendered again."""
    return _pieces.html(pieces)
