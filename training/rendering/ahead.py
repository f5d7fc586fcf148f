"""A child that is started before it is needed: it has loaded the renderer and waits for its one batch.

For pages that wait on a rendering while somebody types: starting a child takes longer than its work.
"""

from __future__ import annotations

import atexit
import subprocess
from collections.abc import Callable
from threading import Lock

Child = subprocess.Popen[bytes]


class NextChild:
    """One waiting child a process. Each is used once, so a batch has all of its limits to itself."""

    def __init__(self, start: Callable[[], Child]) -> None:
        self._start = start
        self._lock = Lock()
        self.waiting: Child | None = None
        atexit.register(self.end)

    def take(self) -> Child:
        """The waiting child, or a new one where none waits or it has died meanwhile."""
        with self._lock:
            child, self.waiting = self.waiting, None
        if child is not None and child.poll() is None:
            return child
        return self._start()

    def make_ready(self) -> None:
        """Start the next one, which loads the renderer while nobody waits."""
        with self._lock:
            if self.waiting is None:
                self.waiting = self._start()

    def end(self) -> None:
        """Let the waiting one go."""
        with self._lock:
            child, self.waiting = self.waiting, None
        if child is not None:
            child.kill()
            child.communicate()
