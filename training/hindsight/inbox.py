"""The trainers' inbox: what learners said back, each with its turn and nothing else of that call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from scenarios import Play, Scenario, read_scenario, replay
from training.accounts.models import Person
from training.attempts.models import Attempt, Step
from training.authoring.history import source_of
from training.hindsight.models import Remark, Story
from training.library.models import Item, Kind, Revision
from training.library.queries import find_scenario

MOST = 50


@dataclass(frozen=True)
class TurnSeen:
    """A turn: what the customer said, what was chosen (None for silence), and its line in the file."""

    title: str
    language: str
    scene: str
    heard: tuple[Markup, ...]
    said: Markup | None
    line: int


@dataclass(frozen=True)
class RemarkSeen:
    """`by` is empty unless its writer gave the name. `turn` is None where the call was not built yet."""

    public_id: str
    text: str
    by: str
    made_at: datetime
    slug: str
    revision: int
    number: int
    turn: TurnSeen | None


@dataclass(frozen=True)
class StorySeen:
    public_id: str
    text: str
    told_at: datetime


@dataclass(frozen=True)
class Inbox:
    """What waits, the oldest first."""

    remarks: tuple[RemarkSeen, ...]
    stories: tuple[StorySeen, ...]


def count_waiting(session: Session) -> int:
    """How many remarks and stories wait."""
    remarks = select(func.count()).where(Remark.closed_at.is_(None)).scalar_subquery()
    stories = select(func.count()).where(Story.closed_at.is_(None)).scalar_subquery()
    return session.scalar(select(remarks + stories)) or 0


def read_inbox(session: Session) -> Inbox:
    """Two statements, one for the steps, and one for each revision spoken of."""
    rows = session.execute(
        select(
            Remark.public_id,
            Remark.text,
            Remark.is_named,
            Remark.made_at,
            Remark.number,
            Remark.attempt_id,
            Person.name,
            Item.slug,
            Revision.number.label("revision"),
            Revision.id.label("revision_id"),
        )
        .join(Attempt, Attempt.id == Remark.attempt_id)
        .join(Item, Item.id == Attempt.scenario_id)
        .join(Revision, Revision.id == Attempt.revision_id)
        .join(Person, Person.id == Remark.person_id)
        .where(Remark.closed_at.is_(None))
        .order_by(Remark.id)
        .limit(MOST)
    ).all()
    stories = session.execute(
        select(Story.public_id, Story.text, Story.told_at)
        .where(Story.closed_at.is_(None))
        .order_by(Story.id)
        .limit(MOST)
    )
    return Inbox(_remarks(session, rows), tuple(StorySeen(*row) for row in stories))


def _remarks(session: Session, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[RemarkSeen, ...]:
    choices: dict[int, list[int]] = {}
    asked = select(Step.attempt_id, Step.choice).where(Step.attempt_id.in_({row.attempt_id for row in rows}))
    for attempt_id, choice in session.execute(asked.order_by(Step.attempt_id, Step.number)) if rows else ():
        choices.setdefault(attempt_id, []).append(choice)
    sources: dict[int, Scenario | None] = {}
    for row in rows:
        if row.revision_id not in sources:
            text = source_of(session, Kind.SCENARIO, row.slug, row.revision)
            sources[row.revision_id] = read_scenario(text, budget=1).scenario
    return tuple(
        RemarkSeen(
            row.public_id,
            row.text,
            row.name if row.is_named else "",
            row.made_at,
            row.slug,
            row.revision,
            row.number,
            turn_seen(
                session, row.revision_id, choices[row.attempt_id], row.number, sources[row.revision_id]
            ),
        )
        for row in rows
    )


def turn_seen(
    session: Session, revision_id: int, choices: Sequence[int], number: int, written: Scenario | None = None
) -> TurnSeen | None:
    """Turn `number` of a play, as a page shows it. `written` has the lines of the file."""
    build = find_scenario(session, revision_id)
    if build is None:
        return None
    before, after = (replay(build.compiled, choices[:last]) for last in (number - 1, number))
    turn = after.turns[-1]
    scene = (written or build.compiled.scenario).scene(turn.scene)
    where = scene.choices[turn.choice - 1].where if turn.choice else scene.where
    return TurnSeen(
        build.title,
        build.compiled.scenario.language,
        scene.title,
        tuple(build.html(line.text) for line in _heard(before) if line.kind == "speech"),
        build.inline(turn.said) if turn.said is not None else None,
        where[0],
    )


def _heard(play: Play) -> tuple[Any, ...]:
    """What was said last, before the learner spoke."""
    return (*play.turns[-1].reaction, *play.turns[-1].followed) if play.turns else play.opening
