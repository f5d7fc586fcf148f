"""The weeks to come, as trainers see and change them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from training.accounts import audit
from training.errors import ConflictError, InvalidError
from training.library.models import Item, Kind, Publication
from training.mail.holding import hold, let_go
from training.tips.managing import PURPOSE
from training.tips.models import TipIssue, TipPause, TipPlace, TipWeek
from training.tips.queries import is_resting
from training.tips.rules import Lesson, Week
from training.viewer import Viewer

FARTHEST = 52
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class By:
    """Which trainer, and when."""

    who: Viewer
    at: datetime


def list_lessons(session: Session) -> list[Lesson]:
    """Every published lesson, with its place in the trainer's order."""
    rows = session.execute(
        select(Item.id, Item.slug, Publication.title, Publication.tip_on, TipPlace.position)
        .join(Publication, Publication.item_id == Item.id)
        .outerjoin(TipPlace, TipPlace.item_id == Item.id)
        .where(Item.kind == Kind.LESSON, Publication.ended_at.is_(None))
        .order_by(Item.id)
    )
    return [Lesson(*row) for row in rows]


def sent_items(session: Session) -> set[int]:
    """The lessons that were a tip."""
    return set(session.scalars(select(TipIssue.item_id)))


def rest(session: Session, by: By) -> None:
    """No issue is made any more, and nothing of one that was made leaves, until somebody resumes."""
    if not is_resting(session):
        session.add(TipPause(paused_at=by.at))
        hold(session, purpose=PURPOSE)
        session.flush()
        _note(session, by, "weekly tip paused", "weekly tip")


def resume(session: Session, by: By) -> None:
    """Issues are made again; this week's at once where its moment has come. What was held back goes on, if it
    is not older than a week.
    """
    open_ones = session.scalars(select(TipPause).where(TipPause.resumed_at.is_(None))).all()
    for one in open_ones:
        one.resumed_at = by.at
    if open_ones:
        let_go(session, purpose=PURPOSE, since=by.at - A_WEEK)
        session.flush()
        _note(session, by, "weekly tip resumed", "weekly tip")


def skip(session: Session, week: Week, current: Week, by: By) -> None:
    """Let a week pass without a tip. Raises ConflictError where its issue was made."""
    _require_to_come(session, week, current)
    row = session.get(TipWeek, (week.year, week.number))
    if row is None:
        row = TipWeek(year=week.year, week=week.number)
        session.add(row)
    if row.skipped_at is None:
        row.skipped_at = by.at
        session.flush()
        _note(session, by, "weekly tip skipped", str(week))


def unskip(session: Session, week: Week, current: Week, by: By) -> None:
    """A skipped week gets its tip after all."""
    _require_to_come(session, week, current)
    row = session.get(TipWeek, (week.year, week.number))
    if row is not None and row.skipped_at is not None:
        row.skipped_at = None
        session.flush()
        _note(session, by, "weekly tip no longer skipped", str(week))


def move_up(session: Session, slug: str, week: Week, by: By) -> None:
    """Let a lesson come one place earlier among those that wait in `week` for one without its own."""
    order = waiting(session, week)
    place = next((at for at, one in enumerate(order) if one.slug == slug), None)
    if place is None:
        raise InvalidError
    if place:
        order[place - 1], order[place] = order[place], order[place - 1]
    session.execute(delete(TipPlace))
    session.add_all([TipPlace(item_id=one.item_id, position=at) for at, one in enumerate(order)])
    session.flush()
    _note(session, by, "weekly tip reordered", f"lesson {slug}")


def waiting(session: Session, week: Week) -> list[Lesson]:
    """The lessons never sent that no week to come has for its own, in the order in which they are taken."""
    sent = sent_items(session)
    free = [one for one in list_lessons(session) if one.item_id not in sent and one.is_free(week)]
    return sorted(free, key=lambda one: one.rank)


def _require_to_come(session: Session, week: Week, current: Week) -> None:
    if not current <= week <= current.plus(FARTHEST):
        raise InvalidError
    made = select(TipIssue.id).where(TipIssue.year == week.year, TipIssue.week == week.number)
    if session.scalar(made) is not None:
        raise ConflictError("")


def _note(session: Session, by: By, action: str, subject: str) -> None:
    audit.append(session, actor=by.who.public_id, action=action, subject=subject, at=by.at)
