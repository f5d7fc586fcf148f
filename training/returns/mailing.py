"""A decision that came back, in the weekly mail: its link shows it and takes its answer. Nothing else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.accounts.participant import Participant
from training.accounts.sessions import hash_of, new_secret
from training.accounts.tokens import MAX_LENGTH, SpentTokenError
from training.errors import InvalidError
from training.library.builds import LessonBuild
from training.library.models import Publication
from training.library.queries import load_lesson, title_of
from training.returns.models import ReturnCard, ReturnMail
from training.returns.service import answer_return
from training.tips.returning import Again


@dataclass(frozen=True)
class DecisionBehind:
    """The decision behind a link, as it was mailed. Whether it was answered is not here: mails travel."""

    title: str
    lesson: LessonBuild
    reader: str


def put_into_mail(session: Session, people: Collection[int], at: datetime) -> dict[int, Again]:
    """For each of these people the decision that waits longest, with a link of its own; by person id."""
    rows = session.execute(
        select(Participant.person_id, ReturnCard.id, ReturnCard.revision_id)
        .join(Participant, Participant.id == ReturnCard.participant_id)
        .join(Publication, Publication.revision_id == ReturnCard.revision_id)
        .where(
            Participant.person_id.in_(people),
            ReturnCard.waits_since.is_not(None),
            Publication.ended_at.is_(None),
        )
        .order_by(ReturnCard.waits_since, ReturnCard.id)
    )
    found: dict[int, Again] = {}
    for person_id, card_id, revision_id in rows:
        if person_id is None or revision_id is None or person_id in found:
            continue
        again = found[person_id] = Again(revision_id, new_secret())
        session.add(
            ReturnMail(card_id=card_id, revision_id=revision_id, token_hash=hash_of(again.secret), made_at=at)
        )
    session.flush()
    return found


def decision_behind(session: Session, secret: str) -> DecisionBehind:
    """Raises SpentTokenError."""
    mailed, _card, name = _find(session, secret)
    lesson = load_lesson(session, mailed.revision_id)
    return DecisionBehind(title_of(session, mailed.revision_id), lesson, name)


def answer_mailed(session: Session, secret: str, reply: int, at: datetime) -> None:
    """Take the answer as if it were given on the site. One that was answered before, or went on to another
    decision, stays as it is.

    Raises SpentTokenError, and InvalidError for a reply that is not on offer.
    """
    mailed, card, _name = _find(session, secret)
    if load_lesson(session, mailed.revision_id).reply(reply) is None:
        raise InvalidError
    if card.revision_id == mailed.revision_id:
        answer_return(session, card, reply, at)


def _find(session: Session, secret: str) -> tuple[ReturnMail, ReturnCard, str]:
    if len(secret) > MAX_LENGTH:
        raise SpentTokenError
    row = session.execute(
        select(ReturnMail, ReturnCard, Person.name)
        .join(ReturnCard, ReturnCard.id == ReturnMail.card_id)
        .join(Participant, Participant.id == ReturnCard.participant_id)
        .join(Person, Person.id == Participant.person_id)
        .where(ReturnMail.token_hash == hash_of(secret), Person.disabled_at.is_(None))
    ).one_or_none()
    if row is None:
        raise SpentTokenError
    return row[0], row[1], row[2]
