"""What turned out to be wrong in revisions that people played, told to those people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from training.library.models import Correction, Item, Revision


def words_about(
    item_id: InstrumentedAttribute[int], revision_id: InstrumentedAttribute[int]
) -> ScalarSelect[Any]:
    """A column: the newest correction of that revision of that item, or NULL. Costs a page no statement."""
    return (
        select(Correction.words)
        .join(Revision, Revision.id == revision_id)
        .where(Correction.item_id == item_id, Correction.number >= Revision.number)
        .order_by(Correction.id.desc())
        .limit(1)
        .correlate(item_id.class_, revision_id.class_)
        .scalar_subquery()
    )


def correct(session: Session, item: Item, words: str, scene: str, by: int, at: datetime) -> None:
    """Tell everybody who played any revision of `item` up to now what was wrong in it, and in which scene."""
    newest = session.scalars(
        select(Revision.number).where(Revision.item_id == item.id).order_by(Revision.number.desc()).limit(1)
    ).one()
    session.add(
        Correction(item_id=item.id, number=newest, words=words, scene=scene, made_at=at, made_by_id=by)
    )
    session.flush()
