"""What people have done, in one statement: lessons completed, checks finished. Practice is not read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, null, select, union_all
from sqlalchemy.orm import Session

from training.accounts.participant import Participant
from training.attempts.models import Attempt, AttemptKind
from training.library.models import Completion, Item
from training.reports.rules import CheckHistory, CheckResult
from training.teams.models import Membership


@dataclass(frozen=True)
class Done:
    """What one person has done, by the slug of the lesson or call.

    `passed` counts every check; `checks` holds those that whoever asks may see the result of.
    """

    completions: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)
    passed: Mapping[str, datetime] = field(default_factory=dict)
    checks: Mapping[str, CheckHistory] = field(default_factory=dict)


NOTHING = Done()


def _facts(those: ColumnElement[bool]) -> Select[Any]:
    """Finished checks and completions of `those` participants, oldest first."""
    checks = (
        select(
            Participant.person_id,
            Item.slug,
            Attempt.finished_at.label("at"),
            null().label("how"),
            Attempt.percent,
            Attempt.passed,
            Attempt.ending,
            Attempt.team_id,
        )
        .join(Attempt, Attempt.participant_id == Participant.id)
        .join(Item, Item.id == Attempt.scenario_id)
        .where(those, Attempt.kind == AttemptKind.CHECK, Attempt.finished_at.is_not(None))
    )
    completions = (
        select(
            Participant.person_id,
            Item.slug,
            Completion.completed_at,
            Completion.how,
            null(),
            null(),
            null(),
            null(),
        )
        .join(Completion, Completion.participant_id == Participant.id)
        .join(Item, Item.id == Completion.item_id)
        .where(those)
    )
    both = union_all(checks, completions).subquery()
    return select(both).order_by(both.c.at)


# Built once, not at each request.
_MEMBERS = select(Membership.person_id).where(
    Membership.team_id == bindparam("team_id"), Membership.left_at.is_(None)
)
_OF_TEAM = _facts(Participant.person_id.in_(_MEMBERS))
_OF_PERSON = _facts(Participant.person_id == bindparam("person_id"))


def done_by(session: Session, person_id: int, *, team_id: int | None = None) -> Done:
    """What one person has done. With `team_id`, results are those of that team's checks alone."""
    rows = session.execute(_OF_PERSON, {"person_id": person_id})
    return _by_person(rows, team_id).get(person_id, NOTHING)


def done_in(session: Session, team_id: int) -> dict[int, Done]:
    """What everybody in a team has done, by person id; whoever has done nothing is left out.

    Results are those of this team's checks: a lead sees that a call was passed elsewhere, and no more.
    """
    return _by_person(session.execute(_OF_TEAM, {"team_id": team_id}), team_id)


def _by_person(rows: Iterable[Row[*tuple[Any, ...]]], team_id: int | None) -> dict[int, Done]:
    lessons: dict[int, dict[str, dict[str, datetime]]] = defaultdict(lambda: defaultdict(dict))
    passed: dict[int, dict[str, datetime]] = defaultdict(dict)
    results: dict[int, dict[str, list[CheckResult]]] = defaultdict(lambda: defaultdict(list))
    # Unpacked, for a team has some thousand of them: by name each value costs as much again as the rest.
    for who, slug, at, how, percent, has_passed, ending, in_team in rows:
        if how is not None:
            lessons[who][slug][how] = at
            continue
        if has_passed:
            passed[who].setdefault(slug, at)
        if team_id is None or in_team == team_id:
            results[who][slug].append(CheckResult(percent, bool(has_passed), ending, at))
    return {
        person_id: Done(
            dict(lessons[person_id]),
            dict(passed[person_id]),
            {slug: CheckHistory(tuple(found)) for slug, found in results[person_id].items()},
        )
        for person_id in {*lessons, *passed, *results}
    }
