"""What the tests of running the site share."""

from __future__ import annotations

import pytest

from tests.attempts.conftest import ana, built, kettles
from tests.databases import postgres_server
from tests.operations.backing_up import with_postgres_programs

__all__ = ["ana", "built", "kettles"]


@pytest.fixture(autouse=True)
def _postgres_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    if postgres_server():
        with_postgres_programs(monkeypatch)
