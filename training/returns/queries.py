"""The decisions that wait for somebody: theirs alone."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.accounts.participant import Participant
from training.errors import NotFoundError
from training.library.models import Publication
from training.returns.models import ReturnCard
from training.returns.rules import MOST_WAITING


@dataclass(frozen=True)
class Waiting:
    """A decision that came back, as Today shows it."""

    public_id: str
    title: str
    minutes: int


def list_waiting(session: Session, person_id: int) -> list[Waiting]:
    """What waits for this person, the longest first; one statement."""
    rows = session.execute(
        select(ReturnCard.public_id, Publication.title, Publication.minutes)
        .join(Participant, Participant.id == ReturnCard.participant_id)
        .join(Publication, Publication.revision_id == ReturnCard.revision_id)
        .where(
            Participant.person_id == person_id,
            ReturnCard.waits_since.is_not(None),
            Publication.ended_at.is_(None),
        )
        .order_by(ReturnCard.waits_since, ReturnCard.id)
        .limit(MOST_WAITING)
    )
    return [Waiting(*row) for row in rows]


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
