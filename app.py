"""The site: `flask --app app …` and the server's entry point (`app:app`)."""

import sys

from training import create_app
from training.errors import TrainingError

try:
    app = create_app()
except TrainingError as problem:
    # Whoever starts the site gets the sentence, not a traceback.
    sys.exit(problem.message)
