"""What may be said, how often, and for how long it can be changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from training.accounts.throttle import Pace
from training.viewer import Viewer

LONGEST = 2000
EDITABLE_FOR = timedelta(minutes=15)
# Ten in a row are a lively talk; after that one every half minute, then fewer.
PACE = Pace(10, timedelta(seconds=30), timedelta(minutes=15), timedelta(hours=1))


def is_editable(posted_at: datetime, at: datetime) -> bool:
    """Whether its author can still change what was said then."""
    return at - posted_at <= EDITABLE_FOR


def moderates(viewer: Viewer) -> bool:
    """Whether somebody may hide what others said, and read what is hidden."""
    return viewer.is_trainer or viewer.is_admin
