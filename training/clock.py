"""The one place that knows what time it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime


def _system() -> datetime:
    return datetime.now(UTC)


_source: ContextVar[Callable[[], datetime]] = ContextVar("clock", default=_system)


def now() -> datetime:
    """The present instant, always aware and in UTC."""
    return _source.get()()


@contextmanager
def running(source: Callable[[], datetime]) -> Iterator[None]:
    """Take the time from `source` in this context: for tests, and for rehearsing a date to come."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)
