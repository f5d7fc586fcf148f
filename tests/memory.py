"""Where the files of a test run lie: in memory where the machine offers it, so that no test waits for a disk.

The site syncs each answer that it acknowledges, as it does in use. A disk takes some milliseconds for that,
and a run asks for it tens of thousands of times. What tests kill is processes, and memory outlives those.
"""

import os
import shutil
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108  # pytest and `tempfile` make folders of their own in it
_ENOUGH = 4 * 1024**3
_TEMPROOT = "PYTEST_DEBUG_TEMPROOT"


def folder_in_memory() -> Path | None:
    """A place in memory with room for a whole run; None where there is none."""
    if not os.access(_MEMORY, os.W_OK) or shutil.disk_usage(_MEMORY).free < _ENOUGH:
        return None
    return _MEMORY


def keep_files_in_memory() -> None:
    """For this run of pytest and its workers, unless somebody named a place."""
    if folder := folder_in_memory():
        os.environ.setdefault(_TEMPROOT, str(folder))
