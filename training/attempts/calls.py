"""How far a learner is with each call, and what pages say around one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from training.accounts.participant import Participant
from training.attempts.models import Attempt, AttemptKind
from training.library.models import Item, Kind, Publication
from training.teams.models import Membership, Team
from training.viewer import Viewer


@dataclass(frozen=True)
class Mark:
    """One attempt of the viewer's own, in short."""

    public_id: str
    scenario_id: int
    kind: AttemptKind
    step_count: int
    finished_at: datetime | None
    is_open: bool

    @property
    def is_check(self) -> bool:
        return self.kind is AttemptKind.CHECK


@dataclass(frozen=True)
class DeskCard:
    """What the viewer's own desk says: its boundary, the hand-over name, the steps of consent."""

    team: str
    text: Markup


@dataclass(frozen=True)
class Piece:
    """A published lesson or skill that a page points to."""

    slug: str
    title: str
    minutes: int


def list_marks(session: Session, viewer: Viewer, scenario_id: int | None = None) -> tuple[Mark, ...]:
    """The viewer's own open and finished attempts, newest first; what was set aside is left out."""
    query = (
        select(Attempt.public_id, Attempt.scenario_id, Attempt.kind, Attempt.step_count, Attempt.finished_at)
        .join(Participant, Participant.id == Attempt.participant_id)
        .where(Participant.person_id == viewer.id, Attempt.set_aside_at.is_(None))
        .order_by(Attempt.id.desc())
    )
    if scenario_id is not None:
        query = query.where(Attempt.scenario_id == scenario_id)
    return tuple(_mark(row) for row in session.execute(query))


def _mark(row: Row[*tuple[Any, ...]]) -> Mark:
    kind = AttemptKind(row.kind)
    return Mark(
        row.public_id, row.scenario_id, kind, row.step_count, row.finished_at, row.finished_at is None
    )


def list_desk_cards(session: Session, viewer: Viewer) -> tuple[DeskCard, ...]:
    """The written cards of the teams that the viewer is in."""
    rows = session.execute(
        select(Team.name, Team.desk_card_html)
        .join(Membership, Membership.team_id == Team.id)
        .where(
            Membership.person_id == viewer.id,
            Membership.left_at.is_(None),
            Team.desk_card_html != "",
        )
        .order_by(Team.name)
    )
    return tuple(DeskCard(row.name, Markup(row.desk_card_html)) for row in rows)  # noqa: S704  # rendered safe when it was written


def list_pieces(session: Session, kind: Kind, slugs: Sequence[str]) -> tuple[Piece, ...]:
    """The published ones of these lessons or skills, in the order asked for."""
    if not slugs:
        return ()
    rows = session.execute(
        select(Item.slug, Publication.title, Publication.minutes)
        .join(Publication, Publication.item_id == Item.id)
        .where(Item.kind == kind, Item.slug.in_(slugs), Publication.ended_at.is_(None))
    )
    found = {row.slug: Piece(*row) for row in rows}
    return tuple(found[slug] for slug in slugs if slug in found)
