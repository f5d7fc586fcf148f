"""What trainers see of the weekly tip: the weeks to come, what waits, what went out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from training.library.models import Item, Publication
from training.tips.models import TipAnswer, TipDelivery, TipIssue, TipWeek
from training.tips.planning import list_lessons, sent_items, waiting
from training.tips.queries import is_resting
from training.tips.rules import Lesson, Week, newest_open, plan

WEEKS = 10


@dataclass(frozen=True)
class PlannedWeek:
    """A week of the calendar. `lesson` is None where it is skipped, or where nothing is left to send."""

    week: Week
    lesson: Lesson | None
    is_made: bool
    is_skipped: bool


@dataclass(frozen=True)
class SentIssue:
    """An issue that was made: for how many, and how many of them answered."""

    week: Week
    title: str
    slug: str
    readers: int
    answered: int


@dataclass(frozen=True)
class StudioTips:
    """The page of the weekly tip."""

    weeks: tuple[PlannedWeek, ...]
    waiting: tuple[Lesson, ...]
    sent: tuple[SentIssue, ...]
    is_resting: bool


def studio_tips(session: Session, at: datetime) -> StudioTips:
    sent = _sent(session)
    made = {one.week: one for one in sent}
    skipped = _skipped(session)
    lessons = {one.slug: one for one in list_lessons(session)}
    first = newest_open(at)
    later = first.plus(1) if first in made else first
    weeks = [
        PlannedWeek(week, lesson, False, week in skipped)
        for week, lesson in plan(later, WEEKS, list(lessons.values()), sent_items(session), skipped)
    ]
    if first in made:
        weeks.insert(0, PlannedWeek(first, lessons.get(made[first].slug), True, False))
    return StudioTips(tuple(weeks[:WEEKS]), tuple(waiting(session, first)), sent, is_resting(session))


def _skipped(session: Session) -> set[Week]:
    rows = session.execute(select(TipWeek.year, TipWeek.week).where(TipWeek.skipped_at.is_not(None)))
    return {Week(year, week) for year, week in rows}


def _sent(session: Session) -> tuple[SentIssue, ...]:
    """The newest issues, newest first."""
    rows = session.execute(
        select(
            TipIssue.year,
            TipIssue.week,
            Publication.title,
            Item.slug,
            _count(TipDelivery).label("readers"),
            _count(TipAnswer).label("answered"),
        )
        .join(Item, Item.id == TipIssue.item_id)
        .join(Publication, Publication.id == _last_publication())
        .order_by(TipIssue.year.desc(), TipIssue.week.desc())
        .limit(WEEKS)
    )
    return tuple(SentIssue(Week(row.year, row.week), *row[2:]) for row in rows)


def _last_publication() -> ScalarSelect[int]:
    query = select(func.max(Publication.id)).where(Publication.revision_id == TipIssue.revision_id)
    return query.correlate(TipIssue).scalar_subquery()


def _count(table: type[TipDelivery] | type[TipAnswer]) -> ScalarSelect[int]:
    query = select(func.count()).where(table.issue_id == TipIssue.id)
    return query.correlate(TipIssue).scalar_subquery()
