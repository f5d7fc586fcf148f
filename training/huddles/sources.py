"""Where a huddle's decision comes from: this week's tip, or what divides the team most."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import Session

from scenarios import Compiled, Play, choose, last_decision, replay
from training.attempts.models import Attempt, AttemptKind, Step
from training.fives import whole_fives
from training.huddles.decisions import Chosen
from training.huddles.rules import ENOUGH, division
from training.library.builds import FORMAT
from training.library.models import Item, Kind, Publication, RevisionBuild
from training.library.queries import load_scenario
from training.library.tip_pages import lesson_of

# Bounds on what one press of the button reads.
_TIPS, _CHECKS, _CALLS = 5, 500, 6


def from_tip(session: Session, today: date) -> Chosen | None:
    """The decision of the newest tip that has one; None before the first."""
    rows = session.execute(
        select(Publication.revision_id, Publication.title, RevisionBuild.body)
        .join(Item, Item.id == Publication.item_id)
        .join(
            RevisionBuild,
            and_(RevisionBuild.revision_id == Publication.revision_id, RevisionBuild.format == FORMAT),
        )
        .where(Item.kind == Kind.LESSON, Publication.ended_at.is_(None), Publication.tip_on <= today)
        .order_by(Publication.tip_on.desc(), Item.slug)
        .limit(_TIPS)
    )
    for row in rows.all():
        replies = lesson_of(session, row.revision_id, row.body).replies
        if replies:
            order = tuple(reply.index for reply in replies)
            bands = tuple(reply.band for reply in replies)
            return Chosen(Kind.LESSON, row.revision_id, row.title, "", order, bands)
    return None


@dataclass(frozen=True)
class _Scene:
    """One menu of one call, and what each of several people chose there first."""

    scene: str
    offers: tuple[int, ...]
    plays: tuple[Play, ...]

    @property
    def chosen(self) -> tuple[int, ...]:
        return tuple(play.choices[-1] for play in self.plays)


def from_checks(session: Session, team_id: int) -> Chosen | None:
    """The decision on which the team's first tries at its checks differ most; None where none can be told.

    Five or more people stand behind it, and only whole fives of them count: who came last cannot be read off
    it. Practice is not read.
    """
    found = [
        (revision_id, scene)
        for revision_id, tries in _first_tries(session, team_id)
        for scene in _scenes(load_scenario(session, revision_id).compiled, tries)
    ]
    best = max(found, key=lambda one: (division(one[1].chosen), len(one[1].plays)), default=None)
    if best is None or division(best[1].chosen) == 0:
        return None
    return _chosen(session, *best)


def _first_tries(session: Session, team_id: int) -> list[tuple[int, list[tuple[int, ...]]]]:
    """By revision, those with most people first: the choices of each person's first check, oldest first."""
    checks = (Attempt.team_id == team_id, Attempt.kind == AttemptKind.CHECK, Attempt.finished_at.is_not(None))
    first = select(func.min(Attempt.id)).where(*checks).group_by(Attempt.participant_id, Attempt.scenario_id)
    newest = (
        select(Attempt.id, Attempt.revision_id)
        .where(Attempt.id.in_(first))
        .order_by(Attempt.finished_at.desc(), Attempt.id.desc())
        .limit(_CHECKS)
    )
    by_revision: dict[int, list[int]] = defaultdict(list)
    for row in reversed(session.execute(newest).all()):
        by_revision[row.revision_id].append(row.id)
    enough = {revision: ids for revision, ids in by_revision.items() if len(ids) >= ENOUGH}
    most = sorted(enough, key=lambda one: (-len(enough[one]), one))[:_CALLS]
    said = _choices(session, [attempt for revision in most for attempt in enough[revision]])
    return [(revision, [said[attempt] for attempt in enough[revision]]) for revision in most]


def _choices(session: Session, attempts: Sequence[int]) -> dict[int, tuple[int, ...]]:
    rows: Iterable[Row[Any]] = (
        session.execute(
            select(Step.attempt_id, Step.choice)
            .where(Step.attempt_id.in_(attempts))
            .order_by(Step.attempt_id, Step.number)
        )
        if attempts
        else ()
    )
    found: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        found[row.attempt_id].append(row.choice)
    return {attempt: tuple(choices) for attempt, choices in found.items()}


def _scenes(compiled: Compiled, tries: Sequence[tuple[int, ...]]) -> Iterator[_Scene]:
    """The menus with words to answer that five or more people met, each with whole fives of them."""
    met: dict[tuple[str, tuple[int, ...]], list[Play]] = defaultdict(list)
    for choices in whole_fives(tries):
        for place, play in _first_meetings(compiled, choices).items():
            met[place].append(play)
    for (scene, offers), plays in met.items():
        if len(plays) >= ENOUGH:
            yield _Scene(scene, offers, tuple(whole_fives(plays)))


def _first_meetings(compiled: Compiled, choices: tuple[int, ...]) -> dict[tuple[str, tuple[int, ...]], Play]:
    """Each menu of a play with the play just after its first answer; silence is no answer."""
    found: dict[tuple[str, tuple[int, ...]], Play] = {}
    for number, choice in enumerate(choices):
        before = replay(compiled, choices[:number])
        offers = tuple(offer.index for offer in before.offers)
        speaks = any(line.kind == "speech" for line in before.here.lines)
        if choice and speaks and len(offers) > 1:
            found.setdefault((before.scene, offers), choose(before, choice))
    return found


def _chosen(session: Session, revision_id: int, scene: _Scene) -> Chosen:
    """The menu in an order of its own: authors often write the best reply first."""
    build = load_scenario(session, revision_id)
    path = min(play.choices[:-1] for play in scene.plays)
    before = replay(build.compiled, path)
    order = list(scene.offers)
    random.Random(f"{revision_id}:{scene.scene}").shuffle(order)  # noqa: S311  # an order, not a secret
    bands = tuple(last_decision(choose(before, index)).band for index in order)
    return Chosen(Kind.SCENARIO, revision_id, build.title, scene.scene, tuple(order), bands)
