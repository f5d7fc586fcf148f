"""Keep this line: a person's own phrase card."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scenarios import Play, score
from training.attempts.lines import reply_text
from training.attempts.phrase_models import Phrase
from training.errors import InvalidError, NotFoundError
from training.library.queries import ScenarioBuild
from training.viewer import Viewer

LONGEST = 1000


def line_of(scenario: ScenarioBuild, play: Play, turn: int, which: str) -> str:
    """What was said in a turn ("said"), or a line that lost nothing there ("stronger"), as plain words."""
    if not 1 <= turn <= len(play.turns):
        raise InvalidError
    words = play.turns[turn - 1].said if which == "said" else score(play).decisions[turn - 1].best_reply
    if words is None or which not in ("said", "stronger"):
        raise InvalidError
    return reply_text(scenario, words).striptags()[:LONGEST]


def keep_phrase(
    session: Session, viewer: Viewer, text: str, *, language: str, call: str, at: datetime
) -> None:
    """Put a line on the viewer's card. The same line stands there once."""
    kept = Phrase(person_id=viewer.id, text=text, language=language, call=call[:200], kept_at=at)
    try:
        with session.begin_nested():
            session.add(kept)
            session.flush()
    except IntegrityError:
        return


def list_phrases(session: Session, viewer: Viewer) -> list[Phrase]:
    """The viewer's own, newest first."""
    query = select(Phrase).where(Phrase.person_id == viewer.id).order_by(Phrase.id.desc())
    return list(session.scalars(query))


def remove_phrase(session: Session, viewer: Viewer, public_id: str) -> None:
    """Take a line off the viewer's card; another's is not there (NotFoundError)."""
    found = session.scalar(
        select(Phrase.id).where(Phrase.public_id == public_id, Phrase.person_id == viewer.id)
    )
    if found is None:
        raise NotFoundError
    session.execute(delete(Phrase).where(Phrase.id == found))
