"""What every feature tells a learner on their first page, in one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import union_all
from sqlalchemy.orm import Session

from training.attempts.checks import NEW_CHECKS
from training.hindsight.news import FRESH, NEWS
from training.notices import Notice
from training.returns.queries import WAITING

# Built once, not at each request.
_ALL = union_all(NEW_CHECKS, WAITING, *NEWS)


def list_notices(session: Session, person_id: int, at: datetime) -> Mapping[str, Sequence[Notice]]:
    """By kind, the first to come first; a kind of which there is none is empty."""
    found: dict[str, list[Notice]] = defaultdict(list)
    for row in session.execute(_ALL, {"person_id": person_id, "news_since": at - FRESH}):
        found[row.kind].append(Notice(*row))
    for several in found.values():
        several.sort(key=lambda one: one.at)
    return found
