"""What people have done, in one statement: lessons completed, checks finished. Practice is not read."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, null, select, union_all
from sqlalchemy.orm import Session

from training.accounts.participant import Participant
from training.attempts.models import Attempt, AttemptKind
from training.library.models import Completion, Item
from training.reports.rules import CheckHistory, CheckResult


@dataclass(frozen=True)
class Done:
    """What one person has done, by the slug of the lesson or call.

    `passed` counts every check; `checks` holds those that whoever asks may see the result of.
    """

    completions: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)
    passed: Mapping[str, datetime] = field(default_factory=dict)
    checks: Mapping[str, CheckHistory] = field(default_factory=dict)


NOTHING = Done()


def done_by(session: Session, people: Select[int] | int, *, team_id: int | None = None) -> dict[int, Done]:
    """What each of these people has done, by person id; whoever has done nothing is left out.

    `people` is one person's id, or a select of ids. With `team_id`, results are those of that team's checks:
    a lead sees that a call was passed elsewhere, and no more.
    """
    lessons: dict[int, dict[str, dict[str, datetime]]] = defaultdict(lambda: defaultdict(dict))
    passed: dict[int, dict[str, datetime]] = defaultdict(dict)
    results: dict[int, dict[str, list[CheckResult]]] = defaultdict(lambda: defaultdict(list))
    for row in session.execute(_facts(people)):
        if row.how is not None:
            lessons[row.person_id][row.slug][row.how] = row.at
            continue
        if row.passed:
            passed[row.person_id].setdefault(row.slug, row.at)
        if team_id is None or row.team_id == team_id:
            results[row.person_id][row.slug].append(
                CheckResult(row.percent, bool(row.passed), row.ending, row.at)
            )
    return {
        person_id: Done(
            dict(lessons[person_id]),
            dict(passed[person_id]),
            {slug: CheckHistory(tuple(found)) for slug, found in results[person_id].items()},
        )
        for person_id in {*lessons, *passed, *results}
    }


def _facts(people: Select[int] | int) -> Select[Any]:
    """Finished checks and completions, oldest first."""
    those: ColumnElement[bool] = (
        Participant.person_id == people if isinstance(people, int) else Participant.person_id.in_(people)
    )
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
