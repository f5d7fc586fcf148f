"""What few ever need is loaded when somebody needs it: it costs every start, and memory in every process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LATE = {"docx", "lxml", "psycopg", "markdown", "nh3"}
START = """
import gc, json, sys
whole = []
gc.callbacks.append(lambda phase, info: info["generation"] == 2 and whole.append(phase))
import app
leaves_it_alone = gc.get_freeze_count() > 10 * len(gc.get_objects())
print(json.dumps([list(sys.modules), len(whole), gc.isenabled(), leaves_it_alone]))
"""


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """The modules that are loaded; how often the collector went over everything meanwhile; whether it runs
    now; whether it leaves alone what was loaded.
    """
    plain = {name: value for name, value in os.environ.items() if not name.startswith("TRAINING_")}
    done = subprocess.run(
        [sys.executable, "-c", START],
        cwd=ROOT,
        env={**plain, "TRAINING_INSTANCE": str(tmp_path_factory.mktemp("instance"))},
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[Any] = json.loads(done.stdout)
    return found


def test_the_start_loads_no_library_that_only_an_upload_a_build_or_another_database_needs(
    start: list[Any],
) -> None:
    assert LATE & set(start[0]) == set()


def test_the_collector_goes_over_what_is_loaded_neither_meanwhile_nor_afterwards(start: list[Any]) -> None:
    _modules, went_over, runs, leaves_it_alone = start

    assert went_over == 0
    assert runs
    assert leaves_it_alone
