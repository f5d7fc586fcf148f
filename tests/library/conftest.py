"""What the library's tests share."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty content folder."""
    made = tmp_path / "content"
    made.mkdir()
    return made
