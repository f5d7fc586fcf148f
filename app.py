"""The site: `flask --app app …` and the server's entry point (`app:app`)."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def _load() -> Flask:
    """The site. Whoever starts it gets the sentence of what is wrong, not a traceback.

    All that is loaded here, two hundred thousand objects, stays for good: a collector that looks it over
    again and again while it comes takes a sixth of the start and finds nothing.
    """
    gc.disable()
    from training import create_app
    from training.errors import TrainingError

    try:
        return create_app()
    except TrainingError as problem:
        sys.exit(problem.message)
    finally:
        gc.freeze()
        gc.enable()


app = _load()
