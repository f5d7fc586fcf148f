"""Sharing a finished call with one's leads, and stopping. Nobody else's replies are read in any other way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, bindparam, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from training.accounts.models import Person
from training.accounts.participant import Participant
from training.attempts.models import Attempt, Share
from training.attempts.own import OwnAttempt, read_attempt
from training.errors import ConflictError, NotFoundError
from training.library.queries import load_scenario
from training.teams.models import Membership, Role, Team
from training.viewer import Viewer

MOST = 50
_theirs, _leads = aliased(Membership), aliased(Membership)


@dataclass(frozen=True)
class Sharer:
    """Who shares a debrief."""

    public_id: str
    name: str

    @property
    def first_name(self) -> str:
        return next(iter(self.name.split()), self.name)


@dataclass(frozen=True)
class Sharing:
    """What a learner is told of one of their calls: who could read it, and since when they can."""

    leads: tuple[str, ...]
    since: datetime | None


@dataclass(frozen=True)
class SharedCall:
    """A call that somebody shares, as a lead's page lists it."""

    public_id: str
    title: str
    finished_at: datetime


def share_attempt(session: Session, attempt: OwnAttempt, at: datetime) -> None:
    """Let the leads of the learner's teams read this finished call. Sharing twice is sharing once."""
    if attempt.finished_at is None:
        raise ConflictError(_("A call can be shared once it is over. Nothing was shared."), attempt.address)
    try:
        with session.begin_nested():
            session.add(Share(attempt_id=attempt.id, shared_at=at))
            session.flush()
    except IntegrityError:
        return


def stop_sharing(session: Session, attempt: OwnAttempt, at: datetime) -> None:
    """From now on nobody else reads it."""
    session.execute(
        update(Share).where(Share.attempt_id == attempt.id, Share.ended_at.is_(None)).values(ended_at=at),
        execution_options={"synchronize_session": False},
    )


# Built once, not at each request.
_LEADS = (
    select(Person.name, Team.name.label("team"))
    .join(_leads, _leads.person_id == Person.id)
    .join(Team, Team.id == _leads.team_id)
    .join(_theirs, _theirs.team_id == _leads.team_id)
    .where(
        _theirs.person_id == bindparam("person_id"),
        _theirs.left_at.is_(None),
        _leads.role == Role.LEAD,
        _leads.left_at.is_(None),
        Person.id != bindparam("person_id"),
        Person.disabled_at.is_(None),
    )
    .order_by(Team.name, Person.name)
)


def list_leads(session: Session, viewer: Viewer) -> tuple[str, ...]:
    """Who could read a call that the viewer shares: by name, each with their team."""
    rows = session.execute(_LEADS, {"person_id": viewer.id})
    return tuple(f"{row.name} ({row.team})" for row in rows)


def find_shared(session: Session, public_id: str, viewer: Viewer) -> tuple[OwnAttempt, Sharer]:
    """A finished call that is shared now, for a lead of a team its learner is in now; else NotFoundError."""
    owner = session.execute(
        select(Person.public_id, Person.name)
        .join(Participant, Participant.person_id == Person.id)
        .join(Attempt, Attempt.participant_id == Participant.id)
        .where(Attempt.public_id == public_id, _is_shared_with(viewer))
    ).first()
    if owner is None:
        raise NotFoundError
    return read_attempt(session, Attempt.public_id == public_id), Sharer(owner.public_id, owner.name)


def list_shared(session: Session, person_id: int, viewer: Viewer) -> tuple[SharedCall, ...]:
    """What this person shares with the viewer now, newest first."""
    rows = session.execute(
        select(Attempt.public_id, Attempt.revision_id, Attempt.finished_at)
        .join(Participant, Participant.id == Attempt.participant_id)
        .where(Participant.person_id == person_id, _is_shared_with(viewer))
        .order_by(Attempt.finished_at.desc())
        .limit(MOST)
    ).all()
    return tuple(
        SharedCall(
            row.public_id,
            load_scenario(session, row.revision_id).compiled.scenario.title,
            row.finished_at,
        )
        for row in rows
    )


def _is_shared_with(viewer: Viewer) -> ColumnElement[bool]:
    """Of an attempt and its participant: finished, shared now, by somebody whom the viewer leads."""
    shared = exists().where(Share.attempt_id == Attempt.id, Share.ended_at.is_(None))
    led = (
        exists()
        .where(
            _theirs.person_id == Participant.person_id,
            _theirs.left_at.is_(None),
            _leads.team_id == _theirs.team_id,
            _leads.person_id == viewer.id,
            _leads.role == Role.LEAD,
            _leads.left_at.is_(None),
        )
        .correlate(Participant)
    )
    return Attempt.finished_at.is_not(None) & shared.correlate(Attempt) & led
