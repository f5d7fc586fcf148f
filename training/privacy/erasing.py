"""Somebody goes for good: the name leaves, the answers stay nameless, nobody's totals change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import Exists, Select, exists, select, update
from sqlalchemy.orm import Session, aliased

from training.accounts import audit
from training.accounts.erasure import OnErase
from training.accounts.models import Person
from training.accounts.participant import Participant
from training.attempts.models import Attempt, Share
from training.database import new_public_id
from training.errors import ConflictError
from training.mail.service import forget_address
from training.teams.models import Membership, Role, Team


def erase_person(
    session: Session, person_id: int, *, by: str, at: datetime, hooks: Iterable[OnErase] = ()
) -> None:
    """Remove a person, for good.

    Their answers and results stay under a new random id that leads to nobody, so no team's figure changes;
    what is shared of them is shared no more. Everything else that points at them goes by the database's own
    rules, mail to them is forgotten, and `hooks` clear what features keep in words. Raises ConflictError with
    the reason where the site or a team would be left without anybody to run it; nothing was changed then.
    Who is gone already stays gone: a button pressed twice.
    """
    person = session.get(Person, person_id)
    if person is None:
        return
    _hold(session, person)
    if reason := why_not(session, person):
        raise ConflictError(reason)
    for hook in hooks:
        hook(session, person_id, at)
    if person.email:
        forget_address(session, person.email)
    _stop_sharing(session, person_id, at)
    session.execute(
        update(Participant)
        .where(Participant.person_id == person_id)
        .values(public_id=new_public_id(), person_id=None)
    )
    public_id = person.public_id
    session.delete(person)
    session.flush()
    audit.append(session, actor=by, action="person erased", subject=public_id, at=at)


def _hold(session: Session, person: Person) -> None:
    """Two who go at the same moment must not both see the other one stay: the later waits, and looks then.

    Teams first, as where an administrator bars somebody: in two orders, two could wait for each other.
    """
    session.scalars(
        select(Team.id).where(Team.id.in_(_led_by(person.id))).order_by(Team.id).with_for_update()
    ).all()
    if person.is_admin:
        session.scalars(select(Person.id).where(Person.is_admin).order_by(Person.id).with_for_update()).all()


def why_not(session: Session, person: Person) -> str | None:
    """A sentence where this person may not be erased yet, with what to do first."""
    if person.is_admin and not session.scalar(select(_another_admin(person.id))):
        return str(_("This is the only administrator. Make somebody else an administrator first."))
    if team := session.scalar(_led_alone(person.id)):
        return str(_("Nobody else leads %(team)s. Let somebody else lead it first.", team=team))
    return None


def _another_admin(person_id: int) -> Exists:
    return exists().where(Person.is_admin, Person.disabled_at.is_(None), Person.id != person_id)


def _led_by(person_id: int) -> Select[int]:
    """The teams that this person leads."""
    return select(Membership.team_id).where(
        Membership.person_id == person_id, Membership.role == Role.LEAD, Membership.left_at.is_(None)
    )


def _led_alone(person_id: int) -> Select[str]:
    """The name of a team with people in it that would be left without a lead who can sign in."""
    others, other = aliased(Membership), aliased(Person)
    led_too = exists().where(
        other.id == others.person_id,
        other.disabled_at.is_(None),
        others.team_id == Team.id,
        others.person_id != person_id,
        others.role == Role.LEAD,
        others.left_at.is_(None),
    )
    anybody = exists().where(
        others.team_id == Team.id, others.person_id != person_id, others.left_at.is_(None)
    )
    return (
        select(Team.name)
        .where(Team.id.in_(_led_by(person_id)), anybody, ~led_too)
        .order_by(Team.name)
        .limit(1)
    )


def _stop_sharing(session: Session, person_id: int, at: datetime) -> None:
    theirs = (
        select(Attempt.id)
        .join(Participant, Participant.id == Attempt.participant_id)
        .where(Participant.person_id == person_id)
    )
    session.execute(
        update(Share).where(Share.attempt_id.in_(theirs), Share.ended_at.is_(None)).values(ended_at=at)
    )
