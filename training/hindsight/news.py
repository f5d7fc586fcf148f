"""What a learner hears on Today: an answer, a call made of their story, a decision that was put right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Integer, ScalarSelect, Select, String, bindparam, cast, exists, func, select

from training.accounts.participant import Participant
from training.attempts.models import Attempt
from training.authoring.models import Draft
from training.database import UtcDateTime
from training.hindsight.models import Recheck, Remark, Story
from training.hindsight.rechecks import finished_as_it_was
from training.library.models import Correction, Item, Publication, Revision
from training.notices import notices

# Answers and new calls are news for so long; a recheck until it is done.
FRESH = timedelta(days=14)
_PERSON_ID = bindparam("person_id", type_=Integer())
_SINCE = bindparam("news_since", type_=UtcDateTime())


def _answers() -> Select[*tuple[Any, ...]]:
    return (
        notices(
            "answer",
            Attempt.public_id,
            Remark.text,
            Remark.closed_at,
            words=Remark.answer,
            number=Remark.number,
        )
        .join(Attempt, Attempt.id == Remark.attempt_id)
        .where(Remark.person_id == _PERSON_ID, Remark.answer != "", Remark.closed_at >= _SINCE)
    )


def _live() -> Select[*tuple[Any, ...]]:
    """Calls that are published at the address of a draft that was made of one of their stories."""
    return (
        notices("live", Item.slug, Publication.title, _first_published(), words=Story.text)
        .join(Draft, Draft.id == Story.draft_id)
        .join(Item, (Item.kind == Draft.kind) & (Item.slug == Draft.slug))
        .join(Publication, (Publication.item_id == Item.id) & Publication.ended_at.is_(None))
        .where(Story.person_id == _PERSON_ID, _first_published() >= _SINCE)
    )


def _first_published() -> ScalarSelect[Any]:
    """Since when there has been a call at all: a typo mended later is no news."""
    return (
        select(func.min(Publication.published_at))
        .where(Publication.item_id == Item.id)
        .correlate(Item)
        .scalar_subquery()
    )


def _rechecks() -> Select[*tuple[Any, ...]]:
    """Corrections of calls that they finished as they were, where a mended revision is live."""
    done = exists().where(
        Participant.person_id == _PERSON_ID,
        Recheck.participant_id == Participant.id,
        Recheck.correction_id == Correction.id,
    )
    return (
        notices(
            "recheck",
            cast(Correction.id, String),
            Publication.title,
            Correction.made_at,
            words=Correction.words,
        )
        .join(Publication, (Publication.item_id == Correction.item_id) & Publication.ended_at.is_(None))
        .join(Revision, (Revision.id == Publication.revision_id) & (Revision.number > Correction.number))
        .where(finished_as_it_was(_PERSON_ID), ~done.correlate(Correction))
    )


NEWS = (_answers(), _live(), _rechecks())
