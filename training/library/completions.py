"""Lessons done: read to the end, or their decision answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training.accounts.participant import participant_for
from training.errors import InvalidError
from training.library.models import Completion
from training.library.queries import Published, load_lesson
from training.library.rules import ANSWER, READ


def complete_lesson(
    session: Session, person_id: int, tip: Published, at: datetime, reply: int | None = None
) -> None:
    """Note that somebody read the lesson `tip`, or gave that `reply` to its decision (counted from 1).

    The first time is the one that is kept: pressing Done again, or answering otherwise, changes nothing.
    A reply that the lesson does not offer raises InvalidError.
    """
    if reply is not None and load_lesson(session, tip.revision_id).reply(reply) is None:
        raise InvalidError
    how = READ if reply is None else ANSWER
    participant_id = participant_for(session, person_id)
    before = select(Completion.id).where(
        Completion.participant_id == participant_id, Completion.item_id == tip.item_id, Completion.how == how
    )
    if session.execute(before).first() is not None:
        return
    made = Completion(
        participant_id=participant_id,
        item_id=tip.item_id,
        revision_id=tip.revision_id,
        how=how,
        reply=reply,
        completed_at=at,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return  # another tab was first
