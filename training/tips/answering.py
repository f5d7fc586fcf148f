"""What a mailed link to a tip can do: show that tip, and take the answer to its decision. Nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training.accounts.participant import participant_for
from training.accounts.sessions import hash_of
from training.accounts.tokens import MAX_LENGTH, SpentTokenError
from training.errors import InvalidError
from training.library.builds import LessonBuild
from training.library.models import Publication
from training.library.queries import load_lesson
from training.library.rules import skills_in
from training.tips.composing import MailedCall, call_of
from training.tips.models import TipAnswer, TipDelivery


@dataclass(frozen=True)
class TipBehind:
    """The tip behind a link, as it was mailed. `reader` is whom it was mailed to; "" once they are erased.

    Whether and how it was answered is not here: whoever the mail is passed on to must not see it.
    """

    title: str
    summary: str
    minutes: int
    lesson: LessonBuild
    call: MailedCall | None
    reader: str


def tip_behind(session: Session, secret: str) -> TipBehind:
    """Raises SpentTokenError."""
    delivery = _find(session, secret)
    published = _published(session, delivery.issue.revision_id)
    lesson = load_lesson(session, delivery.issue.revision_id)
    return TipBehind(
        published.title,
        published.summary,
        published.minutes,
        lesson,
        call_of(session, lesson),
        _reader(delivery),
    )


def record_answer(session: Session, secret: str, reply: int, at: datetime) -> None:
    """Keep the reader's answer, if it is their first to this issue. It moves no progress and no figure.

    Raises SpentTokenError, and InvalidError for a reply that is not on offer.
    """
    delivery = _find(session, secret)
    issue, subscription = delivery.issue, delivery.subscription
    given = load_lesson(session, issue.revision_id).reply(reply)
    if given is None:
        raise InvalidError
    if subscription is None:
        return  # erased meanwhile: there is nobody to keep it for
    mine = (TipAnswer.issue_id == issue.id, TipAnswer.subscription_id == subscription.id)
    if session.scalar(select(TipAnswer.id).where(*mine)) is not None:
        return
    person_id = subscription.person_id
    made = TipAnswer(
        issue_id=issue.id,
        subscription_id=subscription.id,
        participant_id=participant_for(session, person_id) if person_id is not None else None,
        item_id=issue.item_id,
        revision_id=issue.revision_id,
        reply=reply,
        band=given.band,
        skills=" ".join(skills_in(_published(session, issue.revision_id).refers_to.split())),
        answered_at=at,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return  # a double click was first


def _find(session: Session, secret: str) -> TipDelivery:
    if len(secret) > MAX_LENGTH:
        raise SpentTokenError
    found = session.scalar(select(TipDelivery).where(TipDelivery.tip_hash == hash_of(secret)))
    if found is None:
        raise SpentTokenError
    return found


def _published(session: Session, revision_id: int) -> Publication:
    """How the revision was last published: it need not be any more."""
    query = select(Publication).where(Publication.revision_id == revision_id).order_by(Publication.id.desc())
    return session.scalars(query.limit(1)).one()


def _reader(delivery: TipDelivery) -> str:
    """A name; for an address alone enough of it that its owner knows it."""
    subscription = delivery.subscription
    if subscription is None:
        return ""
    if subscription.person is not None:
        return subscription.person.name
    local, _at, domain = (subscription.email or "").rpartition("@")
    return f"{local[:1]}…@{domain}"
