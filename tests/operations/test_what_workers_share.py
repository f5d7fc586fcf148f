"""Forked processes share the memory of what was loaded before, as long as nothing writes to it."""

from __future__ import annotations

import gc
import os

import pytest
from flask import Flask

from training.operations import serving
from training.operations.binding import Binding


class Kept:
    """In place of the process of the jobs: what the collector would still look at when it is forked."""

    frozen = looked_at = 0

    def __init__(self, _app: Flask) -> None:
        Kept.frozen, Kept.looked_at = gc.get_freeze_count(), len(gc.get_objects())

    def stop(self) -> None:
        """There is nothing to end."""


def test_the_collector_leaves_what_was_loaded_before_the_first_fork_alone(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "Keeping", Kept)
    monkeypatch.setattr(serving, "served_to_the_end", lambda _server: True)
    monkeypatch.setattr(os, "register_at_fork", lambda **_: None)  # this process goes on to other tests
    try:
        with app.app_context():
            serving.run_server(Binding("127.0.0.1", 8000), app.extensions["settings"])
    finally:
        gc.unfreeze()

    assert Kept.frozen > 10 * Kept.looked_at
