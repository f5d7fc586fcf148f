"""Readings kept by the hash of their content: a process proves the same text once."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from scenarios.graph import BUDGET
from scenarios.reading import Reading, read_scenario

if TYPE_CHECKING:
    from scenarios.names import Catalogue

KEPT = 64


class Readings:
    """The newest `most` readings. Safe for threads; a reading never changes, so sharing one is safe too."""

    def __init__(self, most: int = KEPT) -> None:
        self.most = most
        self.held: OrderedDict[str, Reading] = OrderedDict()
        self.lock = Lock()

    def read(
        self,
        source: bytes | str,
        *,
        path: str = "<text>",
        catalogue: Catalogue | None = None,
        budget: int = BUDGET,
    ) -> Reading:
        """What `read_scenario` gives, worked out once for the same text, path, catalogue and budget."""
        key = key_of(source, path, catalogue, budget)
        with self.lock:
            if key in self.held:
                self.held.move_to_end(key)
                return self.held[key]
        reading = read_scenario(source, path=path, catalogue=catalogue, budget=budget)
        with self.lock:
            self.held[key] = reading
            while len(self.held) > self.most:
                self.held.popitem(last=False)
        return reading


def key_of(source: bytes | str, path: str, catalogue: Catalogue | None, budget: int) -> str:
    """A hash of all that a reading depends on."""
    digest = hashlib.sha256(source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass"))
    around = None if catalogue is None else (sorted(catalogue.skills.items()), sorted(catalogue.lessons))
    digest.update(repr((isinstance(source, bytes), path, around, budget)).encode())
    return digest.hexdigest()
