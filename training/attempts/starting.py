"""Beginning a call, and going back in one: one open attempt per person, scenario and kind."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training.accounts.participant import participant_for
from training.assignments.coaching import coaching_asked
from training.assignments.queries import CheckAssignment
from training.attempts.checks import check_of
from training.attempts.models import Attempt, AttemptKind, Step
from training.attempts.own import OwnAttempt, find_attempt, live_address
from training.database import Base, new_public_id
from training.errors import ConflictError, InvalidError, NotFoundError
from training.library.queries import Published
from training.viewer import Viewer

_TRIES = 3
_ATTEMPT, _STEP = (Base.metadata.tables[model.__tablename__] for model in (Attempt, Step))
# Built once and straight on the connection: a call is begun under the write lock, for which others wait.
_OPEN = select(_ATTEMPT.c.public_id).where(
    _ATTEMPT.c.participant_id == bindparam("participant_id"),
    _ATTEMPT.c.scenario_id == bindparam("scenario_id"),
    _ATTEMPT.c.kind == bindparam("kind"),
    _ATTEMPT.c.finished_at.is_(None),
    _ATTEMPT.c.set_aside_at.is_(None),
)
_ADD = insert(_ATTEMPT)
_COPY = insert(_STEP).from_select(
    ["attempt_id", "number", "choice", "answered_at"],
    select(_ATTEMPT.c.id, _STEP.c.number, _STEP.c.choice, _STEP.c.answered_at)
    .join(_STEP, _STEP.c.attempt_id == _ATTEMPT.c.origin_id)
    .where(_ATTEMPT.c.public_id == bindparam("made"), _STEP.c.number <= _ATTEMPT.c.copied_steps),
)


def new_seed() -> str:
    """What an attempt's replies are shuffled by: random, and kept with it."""
    return secrets.token_hex(16)


def start_attempt(
    session: Session, viewer: Viewer, call: Published, kind: AttemptKind, seed: str, at: datetime
) -> str:
    """Begin `call`, or go on with the one that is open; returns the attempt's public id.

    Two starts at once make one. A check needs an open assignment that names the scenario, and stores it
    and the team; without one, and once it is passed, it raises ConflictError.
    """
    participant_id = participant_for(session, viewer.id)
    if found := _open_attempt(session, participant_id, call.item_id, kind):
        return found
    values: dict[str, Any] = {
        "participant_id": participant_id,
        "scenario_id": call.item_id,
        "revision_id": call.revision_id,
        "kind": kind,
        "seed": seed,
        "started_at": at,
        "coaching": coaching_asked(session, viewer.id, call.slug),
    }
    if kind is AttemptKind.CHECK:
        assignment = _asked_for(session, viewer, call)
        values |= {"assignment_id": assignment.assignment_id, "team_id": assignment.team_id}
    return _insert(session, values) or _must_be_open(session, participant_id, call.item_id, kind)


def _asked_for(session: Session, viewer: Viewer, call: Published) -> CheckAssignment:
    """What a check of this call is taken for; ConflictError where it may not be begun."""
    check = check_of(session, viewer, call.item_id, call.slug)
    if check is None:
        why = _("Nobody has asked you for a check of this call. Practise it as often as you like.")
        raise ConflictError(why, f"/scenarios/{call.slug}")
    if check.passed_at is not None:
        why = _("You have passed this check. Your lead can allow a new one; practise as often as you like.")
        raise ConflictError(why, f"/scenarios/{call.slug}")
    return check.assignment


def play_on(
    session: Session, viewer: Viewer, scenario_id: int, origin_id: str, after: int, at: datetime
) -> str:
    """Go back to `after` steps of an attempt: a practice attempt with a copy of them, its revision and seed.

    The open practice attempt is set aside in the same transaction; nothing said in it is lost. Pressing the
    button twice makes one. A check that is under way has no take-back (ConflictError).
    """
    origin = find_attempt(session, origin_id, viewer)
    if origin.scenario_id != scenario_id:
        raise NotFoundError
    _must_be_free(session, origin)
    last = origin.step_count - (1 if origin.finished_at else 0)
    if after > last:
        raise InvalidError(_("The call has no such turn to go back to. Nothing was changed."))
    if origin.is_open and after == origin.step_count:
        return origin.public_id
    for _again in range(_TRIES):
        if twin := _twin(session, origin, after):
            return twin
        _set_aside(session, origin, at)
        if made := _insert(session, _copy_of(origin, after, at)):
            return made
    raise ConflictError(_("This call is open in another tab. Go on there."), live_address(session, origin))


def _must_be_free(session: Session, origin: OwnAttempt) -> None:
    if origin.is_check and origin.finished_at is None:
        raise ConflictError(
            _("A check has no take-back. You can pause it, and go on when you are ready."),
            live_address(session, origin),
        )


def _open_attempt(session: Session, participant_id: int, scenario_id: int, kind: AttemptKind) -> str | None:
    asked = {"participant_id": participant_id, "scenario_id": scenario_id, "kind": kind}
    return session.connection().execute(_OPEN, asked).scalar()


def _must_be_open(session: Session, participant_id: int, scenario_id: int, kind: AttemptKind) -> str:
    """The attempt that another request began at the same moment."""
    found = _open_attempt(session, participant_id, scenario_id, kind)
    if found is None:
        raise ConflictError(_("This call was begun and ended in another tab. Begin again when you like."))
    return found


def _twin(session: Session, origin: OwnAttempt, after: int) -> str | None:
    """The open practice attempt that this very button has already made, still untouched."""
    return session.execute(
        select(Attempt.public_id).where(
            Attempt.origin_id == origin.id,
            Attempt.kind == AttemptKind.PRACTICE,
            Attempt.copied_steps == after,
            Attempt.step_count == after,
            Attempt.finished_at.is_(None),
            Attempt.set_aside_at.is_(None),
        )
    ).scalar()


def _set_aside(session: Session, origin: OwnAttempt, at: datetime) -> None:
    session.execute(
        update(Attempt)
        .where(
            Attempt.participant_id == origin.participant_id,
            Attempt.scenario_id == origin.scenario_id,
            Attempt.kind == AttemptKind.PRACTICE,
            Attempt.finished_at.is_(None),
            Attempt.set_aside_at.is_(None),
        )
        .values(set_aside_at=at),
        execution_options={"synchronize_session": False},
    )


def _copy_of(origin: OwnAttempt, after: int, at: datetime) -> dict[str, Any]:
    return {
        "participant_id": origin.participant_id,
        "scenario_id": origin.scenario_id,
        "revision_id": origin.revision_id,
        "kind": AttemptKind.PRACTICE,
        "seed": origin.seed,
        "started_at": at,
        "step_count": after,
        "copied_steps": after,
        "coaching": origin.coaching,
        "origin_id": origin.id,
    }


def _insert(session: Session, values: dict[str, Any]) -> str | None:
    """Insert an attempt, with copies of its origin's steps if it has one; None where one is open already."""
    connection, public_id = session.connection(), new_public_id()
    try:
        with connection.begin_nested():
            connection.execute(_ADD, {**values, "public_id": public_id})
    except IntegrityError:
        return None
    if "origin_id" in values:
        connection.execute(_COPY, {"made": public_id})
    return public_id
