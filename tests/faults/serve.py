"""`flask serve` with a clock that can be turned: by the seconds in the file that ZANSHIN_CLOCK names."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from flask.cli import main

from training import clock


class Turned(datetime):
    """The computer's time, so many seconds off; read anew each time, since it is turned meanwhile."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain one is wanted
        seconds = 0.0
        with suppress(OSError, ValueError):
            seconds = float(Path(os.environ["ZANSHIN_CLOCK"]).read_text(encoding="ascii"))
        return datetime.now(tz) + timedelta(seconds=seconds)


if __name__ == "__main__":
    vars(clock)["datetime"] = Turned  # workers are forked, so theirs is this one too
    sys.argv = ["flask", "--app", "app", "serve"]
    main()
