"""What this process has made lately, under a key that changes with what it was made of: never stale."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from training.library.builds import Build

MOST = 256
Key = TypeVar("Key")
Made = TypeVar("Made")


class Lately(Generic[Key, Made]):
    """The things last used, `most` of them."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._held: OrderedDict[Key, Made] = OrderedDict()

    def get(self, key: Key) -> Made | None:
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
            return found

    def keep(self, key: Key, made: Made) -> None:
        with self._lock:
            self._held[key] = made
            while len(self._held) > self._most:
                self._held.popitem(last=False)


# A revision never changes, so its id is the key of its build.
BuildCache = Lately[int, Build]
# By engine, so that two databases in one process (as in tests) never meet.
_caches: WeakKeyDictionary[Engine, BuildCache] = WeakKeyDictionary()
_lock = Lock()


def cache_for(session: Session) -> BuildCache:
    engine = session.get_bind().engine
    with _lock:
        return _caches.setdefault(engine, BuildCache())
