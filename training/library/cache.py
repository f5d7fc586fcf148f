"""Builds that this process has read lately, by revision: a revision never changes, so none is ever stale."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from training.library.builds import Build

MOST = 256


class BuildCache:
    """The builds last used, `most` of them."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._held: OrderedDict[int, Build] = OrderedDict()

    def get(self, revision_id: int) -> Build | None:
        with self._lock:
            found = self._held.get(revision_id)
            if found is not None:
                self._held.move_to_end(revision_id)
            return found

    def keep(self, revision_id: int, build: Build) -> None:
        with self._lock:
            self._held[revision_id] = build
            while len(self._held) > self._most:
                self._held.popitem(last=False)


# By engine, so that two databases in one process (as in tests) never meet.
_caches: WeakKeyDictionary[Engine, BuildCache] = WeakKeyDictionary()
_lock = Lock()


def cache_for(session: Session) -> BuildCache:
    engine = session.get_bind().engine
    with _lock:
        return _caches.setdefault(engine, BuildCache())
