"""The decisions that wait for somebody: theirs alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from training.accounts.participant import Participant
from training.errors import NotFoundError
from training.library.models import Publication
from training.notices import notices
from training.returns.models import ReturnCard
from training.returns.rules import MOST_WAITING

_LONGEST_FIRST = (
    notices("return", ReturnCard.public_id, Publication.title, ReturnCard.waits_since)
    .join(Participant, Participant.id == ReturnCard.participant_id)
    .join(Publication, Publication.revision_id == ReturnCard.revision_id)
    .where(
        Participant.person_id == bindparam("person_id"),
        ReturnCard.waits_since.is_not(None),
        Publication.ended_at.is_(None),
    )
    .order_by(ReturnCard.waits_since, ReturnCard.id)
    .limit(MOST_WAITING)
    .subquery()
)
# What waits for `:person_id`, as a part of a union: there nothing may be ordered.
WAITING: Select[*tuple[Any, ...]] = select(*_LONGEST_FIRST.c)


def find_return(session: Session, public_id: str, person_id: int) -> ReturnCard:
    """A decision that came back to this person; NotFoundError for everybody else."""
    card = session.scalars(
        select(ReturnCard)
        .join(Participant, Participant.id == ReturnCard.participant_id)
        .where(
            ReturnCard.public_id == public_id,
            Participant.person_id == person_id,
            ReturnCard.revision_id.is_not(None),
        )
    ).one_or_none()
    if card is None:
        raise NotFoundError
    return card
