"""Forked processes share the memory of what was loaded before, as long as nothing writes to it."""

from __future__ import annotations

import ctypes
import gc
import os
from collections.abc import Iterator
from typing import ClassVar

import pytest
from babel import dates
from flask import Flask

from training.operations import serving
from training.operations.binding import Binding
from training.web.i18n import SHIPPED


class Kept:
    """In place of the process of the jobs: what the collector would still look at when it is forked, and
    in which languages a date had been written.
    """

    frozen = looked_at = 0
    written: ClassVar[list[str]] = []
    had_written: ClassVar[list[str]] = []

    def __init__(self, _app: Flask) -> None:
        Kept.had_written = list(Kept.written)
        Kept.frozen, Kept.looked_at = gc.get_freeze_count(), len(gc.get_objects())

    def stop(self) -> None:
        """There is nothing to end."""


@pytest.fixture
def served(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server came to its first fork, and then was told to stop."""
    monkeypatch.setattr(serving, "Keeping", Kept)
    monkeypatch.setattr(Kept, "written", [])
    monkeypatch.setattr(serving, "served_to_the_end", lambda _server: True)
    monkeypatch.setattr(os, "register_at_fork", lambda **_: None)  # this process goes on to other tests
    monkeypatch.setattr(dates, "format_date", lambda _day, locale: Kept.written.append(locale))
    try:
        with app.app_context():
            serving.run_server(Binding("127.0.0.1", 8000), app.extensions["settings"])
        yield
    finally:
        gc.unfreeze()


@pytest.mark.usefixtures("served")
def test_the_collector_leaves_what_was_loaded_before_the_first_fork_alone() -> None:
    assert Kept.frozen > 10 * Kept.looked_at


@pytest.mark.usefixtures("served")
def test_what_dates_are_written_with_is_read_before_the_first_fork() -> None:
    assert Kept.had_written == SHIPPED


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="only glibc keeps large pieces")
@pytest.mark.usefixtures("served")
def test_what_was_wanted_for_a_moment_goes_back_to_the_system() -> None:
    libc = ctypes.CDLL(None)
    libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    # Left to itself, glibc puts whatever is smaller than what was freed among what it keeps.
    libc.free(libc.malloc(24 * 1024 * 1024))
    piece = libc.malloc(2 * 1024 * 1024)
    libc.free(piece)

    assert piece % 4096 == 16, "it is not in pages of its own"
