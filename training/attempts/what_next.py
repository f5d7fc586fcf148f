"""After a call: the skills that slipped in it, and what is there to practise each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios import Band
from training.attempts.calls import Piece
from training.library.models import Kind

MOST = 2
_COST = {"strong": 0, "fair": 1, "weak": 2}


@dataclass(frozen=True)
class Training:
    """A published lesson or call, and all that it refers to, each between spaces."""

    kind: Kind
    piece: Piece
    refers_to: str

    def trains(self, skill: str) -> bool:
        return f" skill/{skill} " in self.refers_to


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
    pieces: Sequence[Training], skills: Sequence[str], *, call: str, lessons: Sequence[str]
) -> tuple[ToPractise, ...]:
    """For each of these skills; `lessons` are what the call's author named, and come first.

    Nothing is offered twice, and never the call just played.
    """
    offered = {(Kind.SCENARIO, call)}
    found = []
    for skill in skills:
        theirs = [piece for piece in pieces if piece.trains(skill)]
        first = sorted(theirs, key=lambda one: one.piece.slug not in lessons)
        lesson, another = (_take(first, kind, offered) for kind in (Kind.LESSON, Kind.SCENARIO))
        found.append(ToPractise(skill, lesson, another))
    return tuple(found)


def _take(pieces: Sequence[Training], kind: Kind, offered: set[tuple[Kind, str]]) -> Piece | None:
    for one in pieces:
        if one.kind is kind and (kind, one.piece.slug) not in offered:
            offered.add((kind, one.piece.slug))
            return one.piece
    return None
