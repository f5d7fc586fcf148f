"""After a call: the skills that slipped in it, and what is there to practise each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scenarios import Band
from training.attempts.calls import Piece
from training.library.models import Item, Kind, Publication

MOST = 2
_COST = {"strong": 0, "fair": 1, "weak": 2}


@dataclass(frozen=True)
class ToPractise:
    """A skill that slipped, and a lesson and another call that train it, where there are any."""

    slug: str
    lesson: Piece | None
    call: Piece | None


def slipped(skills: Sequence[tuple[str, Sequence[Band]]]) -> list[str]:
    """The skills with a fair or a weak moment, the worst first; two at most, so that there is a next step."""
    cost = {slug: sum(_COST[band] for band in bands) for slug, bands in skills}
    return sorted((slug for slug, lost in cost.items() if lost), key=lambda slug: -cost[slug])[:MOST]


def to_practise(
    session: Session, skills: Sequence[str], *, call: str, lessons: Sequence[str]
) -> tuple[ToPractise, ...]:
    """For each of these skills; `lessons` are what the call's author named, and come first.

    One statement. Nothing is offered twice, and never the call just played.
    """
    pieces = _that_train(session, skills)
    offered = {(Kind.SCENARIO, call)}
    found = []
    for skill in skills:
        theirs = [piece for piece in pieces if skill in piece[2]]
        first = sorted(theirs, key=lambda one: one[1].slug not in lessons)
        lesson, another = (_take(first, kind, offered) for kind in (Kind.LESSON, Kind.SCENARIO))
        found.append(ToPractise(skill, lesson, another))
    return tuple(found)


_Training = tuple[Kind, Piece, frozenset[str]]


def _that_train(session: Session, skills: Sequence[str]) -> list[_Training]:
    """Published lessons and calls that train any of these, and which of them each trains."""
    if not skills:
        return []
    rows = session.execute(
        select(Item.kind, Item.slug, Publication.title, Publication.minutes, Publication.refers_to)
        .join(Publication, Publication.item_id == Item.id)
        .where(
            Item.kind.in_((Kind.LESSON, Kind.SCENARIO)),
            Publication.ended_at.is_(None),
            or_(*(Publication.refers_to.contains(f" skill/{skill} ", autoescape=True) for skill in skills)),
        )
        .order_by(Publication.minutes, Publication.title)
    )
    return [
        (
            Kind(row.kind),
            Piece(row.slug, row.title, row.minutes),
            frozenset(skill for skill in skills if f" skill/{skill} " in row.refers_to),
        )
        for row in rows
    ]


def _take(pieces: Sequence[_Training], kind: Kind, offered: set[tuple[Kind, str]]) -> Piece | None:
    for has, piece, _skills in pieces:
        if has is kind and (kind, piece.slug) not in offered:
            offered.add((kind, piece.slug))
            return piece
    return None
