"""Whether a check may be begun: somebody asks for it, and it was not passed, or a lead allows a new one.

Whoever has not passed may try again whenever they like; their first try is kept apart for ever. Once it is
passed it is done, so that nobody polishes a figure: a lead, trainer or admin allows another where it helps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Select, bindparam, exists, func, select
from sqlalchemy.orm import Session

from training.accounts.participant import Participant
from training.assignments.models import Assignment, CheckAllowance
from training.assignments.queries import CheckAssignment, assignment_for_check
from training.attempts.models import Attempt, AttemptKind
from training.library.models import Item, Publication
from training.notices import notices
from training.teams.models import Membership
from training.viewer import Viewer


@dataclass(frozen=True)
class Check:
    """What a check of a call would be taken for; `passed_at` where it is done and may not be begun."""

    assignment: CheckAssignment
    passed_at: datetime | None


def check_of(session: Session, viewer: Viewer, scenario_item_id: int, slug: str) -> Check | None:
    """The check that the viewer is asked for on this call; None where nobody asks."""
    assignment = assignment_for_check(session, viewer, slug)
    if assignment is None:
        return None
    theirs = (
        select(Attempt.passed, Attempt.finished_at)
        .join(Participant, Participant.id == Attempt.participant_id)
        .where(
            Participant.person_id == viewer.id,
            Attempt.scenario_id == scenario_item_id,
            Attempt.kind == AttemptKind.CHECK,
            Attempt.finished_at.is_not(None),
        )
    ).subquery()
    allowed = (
        select(func.max(CheckAllowance.allowed_at))
        .join(Assignment, Assignment.id == CheckAllowance.assignment_id)
        .where(
            CheckAllowance.person_id == viewer.id,
            CheckAllowance.scenario_id == scenario_item_id,
            Assignment.withdrawn_at.is_(None),
        )
        .scalar_subquery()
    )
    passed_at, allowed_at = session.execute(
        select(func.max(theirs.c.finished_at), allowed).where(theirs.c.passed)
    ).one()
    is_done = passed_at is not None and (allowed_at is None or allowed_at < passed_at)
    return Check(assignment, passed_at if is_done else None)


def _new_checks() -> Select[*tuple[Any, ...]]:
    """What this person's leads allowed them to take again, and they have not passed since."""
    person_id = bindparam("person_id", type_=Integer())
    passed_since = (
        exists()
        .where(
            Attempt.scenario_id == CheckAllowance.scenario_id,
            Attempt.kind == AttemptKind.CHECK,
            Attempt.passed.is_(True),
            Attempt.finished_at >= CheckAllowance.allowed_at,
            Participant.id == Attempt.participant_id,
            Participant.person_id == person_id,
        )
        .correlate(CheckAllowance)
    )
    return (
        notices("check", Item.slug, Publication.title, func.max(CheckAllowance.allowed_at))
        .join(Assignment, Assignment.id == CheckAllowance.assignment_id)
        .join(Membership, (Membership.team_id == Assignment.team_id) & (Membership.person_id == person_id))
        .join(Item, Item.id == CheckAllowance.scenario_id)
        .join(Publication, Publication.item_id == Item.id)
        .where(
            CheckAllowance.person_id == person_id,
            Assignment.withdrawn_at.is_(None),
            Membership.left_at.is_(None),
            Publication.ended_at.is_(None),
            ~passed_since,
        )
        .group_by(Item.slug, Publication.title)
    )


NEW_CHECKS = _new_checks()
