"""Forked processes share the memory of what was loaded before, as long as nothing writes to it."""

from __future__ import annotations

import ctypes
import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from babel import dates
from flask import Flask

from training.operations import serving
from training.operations.binding import Binding
from training.web.i18n import SHIPPED

ROOT = Path(__file__).resolve().parents[2]


class Kept:
    """In place of the process of the jobs: what the collector would still look at when it is forked, in
    which languages a date had been written, and whether large pieces are to go back.
    """

    frozen = looked_at = 0
    written: ClassVar[list[str]] = []
    had_written: ClassVar[list[str]] = []
    told: ClassVar[list[str]] = []
    had_told: ClassVar[list[str]] = []

    def __init__(self, _app: Flask) -> None:
        Kept.had_written, Kept.had_told = list(Kept.written), list(Kept.told)
        Kept.frozen, Kept.looked_at = gc.get_freeze_count(), len(gc.get_objects())

    def stop(self) -> None:
        """There is nothing to end."""


@pytest.fixture
def served(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server came to its first fork, and then was told to stop."""
    monkeypatch.setattr(serving, "Keeping", Kept)
    monkeypatch.setattr(Kept, "written", [])
    monkeypatch.setattr(Kept, "told", [])
    monkeypatch.setattr(serving, "give_back_large_pieces", lambda: Kept.told.append("large pieces"))
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


@pytest.mark.usefixtures("served")
def test_large_pieces_are_to_go_back_before_the_first_fork() -> None:
    assert Kept.had_told == ["large pieces"]


# In a process of its own: what happens to be free in this one would be taken before the system is asked.
TAKEN_FROM_THE_SYSTEM = """
import ctypes
from training.operations.large_pieces import give_back_large_pieces

give_back_large_pieces()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
# Left to itself, glibc puts whatever is smaller than what was freed among what it keeps.
libc.free(libc.malloc(24 * 1024 * 1024))
print(libc.malloc(2 * 1024 * 1024) % 4096)
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="only glibc keeps large pieces")
def test_what_was_wanted_for_a_moment_goes_back_to_the_system() -> None:
    command = [sys.executable, "-c", TAKEN_FROM_THE_SYSTEM]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout

    assert said.strip() == "16", "the piece is not in pages of its own"
