"""Reads of huddles. Whoever asks has found the team first; phones come by the huddle's own address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.errors import NotFoundError
from training.huddles.decisions import Chosen
from training.huddles.models import Huddle, HuddleCount, HuddleNote, HuddleVote, Way
from training.library.models import Kind
from training.teams.queries import TeamSeen


@dataclass(frozen=True)
class Note:
    """How the team will say it. `author` is "" where they are no longer here."""

    text: str
    author: str
    written_at: datetime


@dataclass(frozen=True)
class HuddleSeen:
    """A huddle as pages show it. `code` is "" once voting is over; `note` None until one is written."""

    id: int
    public_id: str
    chosen: Chosen
    code: str
    made_at: datetime
    closes_at: datetime
    is_closed: bool
    revealed_at: datetime | None
    note: Note | None

    def is_open(self, at: datetime) -> bool:
        """Whether phones can vote."""
        return not self.is_closed and at < self.closes_at

    @property
    def title(self) -> str:
        return self.chosen.title


def _huddles() -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(
            Huddle.id,
            Huddle.public_id,
            Huddle.kind,
            Huddle.revision_id,
            Huddle.title,
            Huddle.scene,
            Huddle.replies,
            Huddle.bands,
            Huddle.code,
            Huddle.made_at,
            Huddle.closes_at,
            Huddle.closed_at,
            Huddle.revealed_at,
            HuddleNote.text,
            HuddleNote.written_at,
            Person.name,
        )
        .outerjoin(HuddleNote, HuddleNote.huddle_id == Huddle.id)
        .outerjoin(Person, Person.id == HuddleNote.author_id)
    )
    return query


def _seen(row: Row[*tuple[Any, ...]]) -> HuddleSeen:
    chosen = Chosen(
        Kind(row.kind),
        row.revision_id,
        row.title,
        row.scene,
        tuple(int(one) for one in row.replies.split()),
        tuple(row.bands.split()),
    )
    note = Note(row.text, row.name or "", row.written_at) if row.text is not None else None
    return HuddleSeen(
        row.id,
        row.public_id,
        chosen,
        row.code or "",
        row.made_at,
        row.closes_at,
        row.closed_at is not None,
        row.revealed_at,
        note,
    )


def find_huddle(session: Session, team: TeamSeen, public_id: str) -> HuddleSeen:
    """A huddle of a team that the viewer has found; NotFoundError for every other."""
    row = session.execute(_huddles().where(Huddle.team_id == team.id, Huddle.public_id == public_id)).first()
    if row is None:
        raise NotFoundError
    return _seen(row)


def list_huddles(
    session: Session, team: TeamSeen, number: int, size: int
) -> tuple[tuple[HuddleSeen, ...], int]:
    """A page of the team's huddles, newest first, and how many there are; NotFoundError past the last."""
    query = _huddles().where(Huddle.team_id == team.id).order_by(Huddle.id.desc())
    rows = session.execute(
        query.add_columns(func.count().over().label("total")).limit(size).offset((number - 1) * size)
    ).all()
    if not rows and number > 1:
        raise NotFoundError
    return tuple(_seen(row) for row in rows), rows[0].total if rows else 0


@dataclass(frozen=True)
class TeamNotes:
    """What the team's own page shows: the newest notes, and the huddle that is open, if any."""

    notes: tuple[HuddleSeen, ...]
    current: HuddleSeen | None


def team_notes(session: Session, team: TeamSeen, at: datetime, most: int) -> TeamNotes:
    """One statement: the open huddle first, then what has a note, newest first."""
    is_open = and_(Huddle.closed_at.is_(None), Huddle.closes_at > at)
    rows = session.execute(
        _huddles()
        .where(Huddle.team_id == team.id, or_(is_open, HuddleNote.id.is_not(None)))
        .order_by(case((is_open, 0), else_=1), Huddle.id.desc())
        .limit(most + 1)
    )
    found = [_seen(row) for row in rows]
    current = next((one for one in found if one.is_open(at)), None)
    return TeamNotes(tuple(one for one in found if one.note)[:most], current)


def find_in_room(session: Session, public_id: str, at: datetime) -> HuddleSeen:
    """The huddle that a phone came to, until its hours are over, whether it was revealed or not."""
    row = session.execute(_huddles().where(Huddle.public_id == public_id, Huddle.closes_at > at)).first()
    if row is None:
        raise NotFoundError
    return _seen(row)


def address_of_code(session: Session, code: str, at: datetime) -> str | None:
    """Where a join code leads, while its huddle is open."""
    return session.scalar(
        select(Huddle.public_id).where(Huddle.code == code, Huddle.closed_at.is_(None), Huddle.closes_at > at)
    )


def count_votes(session: Session, huddle_id: int) -> int:
    """How many phones have voted so far: a count alone."""
    return session.scalar(select(func.count()).where(HuddleVote.huddle_id == huddle_id)) or 0


def vote_of(session: Session, huddle_id: int, browser_hash: str) -> int | None:
    """The reply that this browser voted for."""
    return session.scalar(
        select(HuddleVote.reply).where(
            HuddleVote.huddle_id == huddle_id, HuddleVote.browser_hash == browser_hash
        )
    )


def counts_of(session: Session, huddle_id: int) -> dict[Way, dict[int, int]]:
    """What was counted, by how and by reply."""
    found: dict[Way, dict[int, int]] = {way: {} for way in Way}
    rows = session.execute(
        select(HuddleCount.way, HuddleCount.reply, HuddleCount.count.label("how_many")).where(
            HuddleCount.huddle_id == huddle_id
        )
    )
    for row in rows:
        found[Way(row.way)][row.reply] = row.how_many
    return found
