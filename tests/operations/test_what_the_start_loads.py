"""What few ever need is loaded when somebody needs it: it costs every start, and memory in every process."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LATE = {"docx", "lxml", "psycopg", "markdown", "nh3"}


def test_the_start_loads_no_library_that_only_an_upload_a_build_or_another_database_needs(
    tmp_path: Path,
) -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("TRAINING_")}
    done = subprocess.run(
        [sys.executable, "-c", "import app, sys; print(*sys.modules)"],
        cwd=ROOT,
        env={**plain, "TRAINING_INSTANCE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert LATE & set(done.stdout.split()) == set()
