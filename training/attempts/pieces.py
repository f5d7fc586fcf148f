"""What a debrief names of the library: its skills and lessons, and what trains a skill that slipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from training.attempts.calls import Piece
from training.attempts.what_next import MOST, Training
from training.library.models import Item, Kind, Publication
from training.library.tip_statements import refers


@dataclass(frozen=True)
class Pieces:
    """Skills and lessons by address; `training` the shortest first."""

    skills: Mapping[str, Piece]
    lessons: Mapping[str, Piece]
    training: tuple[Training, ...]


def _names(kind: Kind, parameter: str) -> ColumnElement[bool]:
    return and_(Item.kind == kind, Item.slug.in_(bindparam(parameter, expanding=True)))


_SLIPPED = [f"slipped_{number}" for number in range(MOST)]
_TRAINS = or_(*(refers(Publication, Kind.SKILL, bindparam(name, type_=String())) for name in _SLIPPED))
# Built once, not at each request.
_PIECES = (
    select(Item.kind, Item.slug, Publication.title, Publication.minutes, Publication.refers_to)
    .join(Publication, Publication.item_id == Item.id)
    .where(
        Publication.ended_at.is_(None),
        or_(
            _names(Kind.SKILL, "skills"),
            _names(Kind.LESSON, "lessons"),
            and_(Item.kind.in_((Kind.LESSON, Kind.SCENARIO)), _TRAINS),
        ),
    )
    .order_by(Publication.minutes, Publication.title)
)


def list_around(
    session: Session, *, skills: Sequence[str], lessons: Sequence[str], slipped: Sequence[str] = ()
) -> Pieces:
    """The published ones of these, and every lesson and call that trains one of `slipped`: one statement."""
    asked = dict.fromkeys(_SLIPPED, "") | dict(zip(_SLIPPED, slipped, strict=False))
    rows = session.execute(_PIECES, {"skills": skills, "lessons": lessons, **asked}).all()
    found = [Training(Kind(row.kind), Piece(row.slug, row.title, row.minutes), row.refers_to) for row in rows]
    return Pieces(
        {one.piece.slug: one.piece for one in found if one.kind is Kind.SKILL},
        {one.piece.slug: one.piece for one in found if one.kind is Kind.LESSON},
        tuple(one for one in found if one.kind is not Kind.SKILL),
    )
