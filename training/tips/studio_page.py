"""What trainers see of the weekly tip: the weeks to come, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.library.models import Item
from training.tips.models import TipIssue, TipWeek
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
class StudioTips:
    """The page of the weekly tip."""

    weeks: tuple[PlannedWeek, ...]
    waiting: tuple[Lesson, ...]
    is_resting: bool


def studio_tips(session: Session, at: datetime) -> StudioTips:
    first = newest_open(at)
    made = _made(session, first)
    skipped = _skipped(session)
    lessons = {one.slug: one for one in list_lessons(session)}
    later = first.plus(1) if made else first
    weeks = [
        PlannedWeek(week, lesson, False, week in skipped)
        for week, lesson in plan(later, WEEKS, list(lessons.values()), sent_items(session), skipped)
    ]
    if made:
        weeks.insert(0, PlannedWeek(first, lessons.get(made), True, False))
    return StudioTips(tuple(weeks[:WEEKS]), tuple(waiting(session, first)), is_resting(session))


def _skipped(session: Session) -> set[Week]:
    rows = session.execute(select(TipWeek.year, TipWeek.week).where(TipWeek.skipped_at.is_not(None)))
    return {Week(year, week) for year, week in rows}


def _made(session: Session, week: Week) -> str | None:
    """The tip of a week whose issue was made, by its slug."""
    query = select(Item.slug).join(TipIssue, TipIssue.item_id == Item.id)
    return session.scalar(query.where(TipIssue.year == week.year, TipIssue.week == week.number))
