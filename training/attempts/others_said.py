"""What others said at a decision: first checks alone, told in fives, so that no reply is read off it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from scenarios import Play, Turn, replay
from training.attempts.lines import reply_text
from training.attempts.models import Attempt, AttemptKind, Step
from training.fives import FIVE, whole_fives
from training.library.queries import ScenarioBuild, find_scenario, load_scenario

MOST_PEOPLE, MOST_TRIES = 50, 250


@dataclass(frozen=True)
class Crowd:
    """What people said in one scene: `people` is a multiple of five. Choices are authored ones, 0 is silence.

    `most` was said by more than half of them, `some` by one in five at least; of the rest nothing is told.
    """

    people: int
    most: int | None
    some: tuple[int, ...]


def crowd_of(said: Sequence[int]) -> Crowd | None:
    """Everybody's first reply in a scene, in the order in which their calls ended, as one may be told of it.

    Only whole fives count, the first to come first: until five more people have come nothing changes, and
    then five replies have been added at once. How many gave a reply is not told. None below five.
    """
    counted = whole_fives(said)
    people = len(counted)
    if not people:
        return None
    counts = Counter(counted)
    most = next((choice for choice, count in counts.items() if 2 * count > people), None)
    some = (choice for choice, count in counts.items() if FIVE * count >= people and choice != most)
    return Crowd(people, most, tuple(sorted(some)))


@dataclass(frozen=True)
class OthersSaid:
    """A crowd's replies in words; `text` is None for silence. `is_yours`: the learner said it too."""

    people: int
    most: Saying | None
    some: tuple[Saying, ...]


@dataclass(frozen=True)
class Saying:
    text: Markup | None
    is_yours: bool


def others_said(
    session: Session, scenario_id: int, revisions: Sequence[int], scenario: ScenarioBuild, play: Play
) -> dict[int, OthersSaid]:
    """By turn of this play, where five people or more stood there; the learner counts like anybody.

    `revisions` are all those of the call; the first tries on those that differ in wording only are counted,
    in one statement, however many people there are.
    """
    said = _said_by_scene(session, scenario_id, _alike(session, revisions, scenario))
    places = _places(play)
    crowds = {turn.number: crowd_of(said.get(places[turn.scene], ())) for turn in play.turns}
    return {
        turn.number: _in_words(scenario, play, turn, crowd)
        for turn in play.turns
        if (crowd := crowds[turn.number]) is not None
    }


def _in_words(scenario: ScenarioBuild, play: Play, turn: Turn, crowd: Crowd) -> OthersSaid:
    choices = play.compiled.scenario.scenes[_places(play)[turn.scene]].choices

    def saying(choice: int) -> Saying:
        text = reply_text(scenario, choices[choice - 1].text) if choice else None
        return Saying(text, choice == turn.choice)

    most = saying(crowd.most) if crowd.most is not None else None
    return OthersSaid(crowd.people, most, tuple(saying(choice) for choice in crowd.some))


def _places(play: Play) -> dict[str, int]:
    """Scenes by their place: what revisions of one structure have in common, whatever their headings say."""
    return {scene.slug: place for place, scene in enumerate(play.compiled.scenario.scenes)}


def _alike(session: Session, revisions: Sequence[int], scenario: ScenarioBuild) -> list[int]:
    """Those with the same structure and scoring as this one."""
    found = []
    for revision_id in revisions:
        other = find_scenario(session, revision_id)
        if other is not None and other.compiled.key == scenario.compiled.key:
            found.append(revision_id)
    return found


def _said_by_scene(session: Session, scenario_id: int, revision_ids: list[int]) -> dict[int, list[int]]:
    """By scene's place: each person's first reply there in their first finished check, first ended first."""
    found: dict[int, list[int]] = {}
    for revision_id, choices in _first_checks(session, scenario_id, revision_ids):
        play = replay(load_scenario(session, revision_id).compiled, choices)
        places = _places(play)
        met: set[int] = set()
        for turn in play.turns:
            place = places[turn.scene]
            if place not in met:
                met.add(place)
                found.setdefault(place, []).append(turn.choice)
    return found


_TRIES = (
    select(Attempt.id, Attempt.participant_id, Attempt.revision_id, Attempt.finished_at)
    .where(
        Attempt.scenario_id == bindparam("scenario_id"),
        Attempt.kind == AttemptKind.CHECK,
        Attempt.finished_at.is_not(None),
        Attempt.revision_id.in_(bindparam("revision_ids", expanding=True)),
    )
    .order_by(Attempt.finished_at, Attempt.id)
    .limit(MOST_TRIES)
    .subquery()
)
# Built once, not at each request.
_FIRST_CHECKS = (
    select(_TRIES.c.id, _TRIES.c.participant_id, _TRIES.c.revision_id, Step.choice)
    .join(Step, Step.attempt_id == _TRIES.c.id)
    .order_by(_TRIES.c.finished_at, _TRIES.c.id, Step.number)
)


def _first_checks(
    session: Session, scenario_id: int, revision_ids: list[int]
) -> Iterator[tuple[int, list[int]]]:
    """(revision, choices) of the first finished check of each person. Practice is counted nowhere."""
    rows = session.execute(_FIRST_CHECKS, {"scenario_id": scenario_id, "revision_ids": revision_ids}).all()
    people: set[int] = set()
    for (_attempt_id, participant_id, revision_id), steps in groupby(rows, key=lambda row: tuple(row[:3])):
        if participant_id in people or len(people) == MOST_PEOPLE:
            continue
        people.add(participant_id)
        yield revision_id, [row.choice for row in steps]
