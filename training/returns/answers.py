"""What was answered since the schedule last looked: on the site, and by a mailed link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from training.errors import UnavailableError
from training.library.models import Completion, Publication
from training.library.queries import load_lesson
from training.library.rules import ANSWER, skills_in
from training.returns.models import AnswerTaken
from training.tips.models import TipAnswer

SITE, MAIL = "site", "mail"
AT_ONCE = 500
# An answer that was begun earlier may be committed later, with a smaller number.
_OVERLAP = 1000


@dataclass(frozen=True)
class Given:
    """One answer to a lesson's decision."""

    source: str
    id: int
    participant_id: int
    item_id: int
    band: str
    skills: tuple[str, ...]
    at: datetime


def new_answers(session: Session) -> list[Given]:
    """The next answers that were not taken yet, at most a few hundred, in the order they were given."""
    found = [*_on_the_site(session), *_by_mail(session)]
    return sorted(found, key=lambda one: (one.at, one.id))


def mark_taken(session: Session, answers: list[Given]) -> None:
    session.add_all([AnswerTaken(source=one.source, answer_id=one.id) for one in answers])
    session.flush()


def _untaken(
    session: Session, source: str, column: InstrumentedAttribute[int]
) -> tuple[ColumnElement[bool], ...]:
    """Above what was taken, with some overlap: what was answered long ago is not read again."""
    newest = session.scalar(select(func.max(AnswerTaken.answer_id)).where(AnswerTaken.source == source)) or 0
    taken = exists().where(AnswerTaken.source == source, AnswerTaken.answer_id == column)
    return column > newest - _OVERLAP, ~taken


def _on_the_site(session: Session) -> Iterator[Given]:
    rows = session.scalars(
        select(Completion)
        .where(
            Completion.how == ANSWER,
            Completion.reply.is_not(None),
            *_untaken(session, SITE, Completion.id),
        )
        .order_by(Completion.id)
        .limit(AT_ONCE)
    ).all()
    skills = _skills_of(session, {row.revision_id for row in rows}) if rows else {}
    for row in rows:
        band = _band(session, row)
        if band is None:
            continue
        yield Given(
            SITE,
            row.id,
            row.participant_id,
            row.item_id,
            band,
            skills.get(row.revision_id, ()),
            row.completed_at,
        )


def _band(session: Session, answered: Completion) -> str | None:
    """What the reply was; None where its revision was not built for this release: it is read once it is."""
    try:
        given = load_lesson(session, answered.revision_id).reply(answered.reply)
    except UnavailableError:
        return None
    return given.band if given else None


def _by_mail(session: Session) -> Iterator[Given]:
    rows = session.scalars(
        select(TipAnswer)
        .where(TipAnswer.participant_id.is_not(None), *_untaken(session, MAIL, TipAnswer.id))
        .order_by(TipAnswer.id)
        .limit(AT_ONCE)
    )
    for row in rows:
        if row.participant_id is not None:
            skills = tuple(row.skills.split())
            yield Given(MAIL, row.id, row.participant_id, row.item_id, row.band, skills, row.answered_at)


def _skills_of(session: Session, revision_ids: set[int]) -> dict[int, tuple[str, ...]]:
    rows = session.execute(
        select(Publication.revision_id, Publication.refers_to)
        .where(Publication.revision_id.in_(revision_ids))
        .order_by(Publication.id)
    )
    return {revision_id: skills_in(refers_to.split()) for revision_id, refers_to in rows}
