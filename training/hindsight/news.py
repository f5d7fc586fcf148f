"""What a learner hears on Today: an answer, a call made of their story, a decision that was put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ScalarSelect, Select, String, cast, exists, func, literal, select, union_all
from sqlalchemy.orm import Session

from training.accounts.participant import Participant
from training.attempts.models import Attempt
from training.authoring.models import Draft
from training.hindsight.models import Recheck, Remark, Story
from training.hindsight.rechecks import finished_as_it_was
from training.library.models import Correction, Item, Publication, Revision

FRESH = timedelta(days=14)


@dataclass(frozen=True)
class News:
    """`kind`: answer (`key` is the attempt), live (the call's address) or recheck (the correction)."""

    kind: str
    key: str
    title: str
    words: str
    number: int


def list_news(session: Session, person_id: int, at: datetime) -> tuple[News, ...]:
    """One statement. Answers and new calls are news for two weeks, a recheck until it is done."""
    parts = (_answers(person_id, at - FRESH), _live(person_id, at - FRESH), _rechecks(person_id))
    return tuple(News(*row) for row in session.execute(union_all(*parts)))


def _answers(person_id: int, since: datetime) -> Select[str, str, str, str, int]:
    return (
        select(literal("answer").label("kind"), Attempt.public_id, Remark.text, Remark.answer, Remark.number)
        .join(Attempt, Attempt.id == Remark.attempt_id)
        .where(Remark.person_id == person_id, Remark.answer != "", Remark.closed_at >= since)
    )


def _live(person_id: int, since: datetime) -> Select[str, str, str, str, int]:
    """Calls that are published at the address of a draft that was made of one of their stories."""
    return (
        select(literal("live"), Item.slug, Publication.title, Story.text, literal(0))
        .join(Draft, Draft.id == Story.draft_id)
        .join(Item, (Item.kind == Draft.kind) & (Item.slug == Draft.slug))
        .join(Publication, (Publication.item_id == Item.id) & Publication.ended_at.is_(None))
        .where(Story.person_id == person_id, _first_published() >= since)
    )


def _first_published() -> ScalarSelect[datetime]:
    """Since when there has been a call at all: a typo mended later is no news."""
    return (
        select(func.min(Publication.published_at))
        .where(Publication.item_id == Item.id)
        .correlate(Item)
        .scalar_subquery()
    )


def _rechecks(person_id: int) -> Select[str, str, str, str, int]:
    """Corrections of calls that they finished as they were, where a mended revision is live."""
    done = exists().where(
        Participant.person_id == person_id,
        Recheck.participant_id == Participant.id,
        Recheck.correction_id == Correction.id,
    )
    return (
        select(
            literal("recheck"), cast(Correction.id, String), Publication.title, Correction.words, literal(0)
        )
        .join(Publication, (Publication.item_id == Correction.item_id) & Publication.ended_at.is_(None))
        .join(Revision, (Revision.id == Publication.revision_id) & (Revision.number > Correction.number))
        .where(finished_as_it_was(person_id), ~done.correlate(Correction))
    )
