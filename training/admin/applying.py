"""Writing what a plan says, by statements for many rows at once."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from training.accounts import audit
from training.accounts.models import Person, SignInSession
from training.accounts.service import request_invitations
from training.accounts.token_models import SignInCode
from training.admin.importing import Tick
from training.admin.plan import Join, Plan
from training.database import Base, new_public_id
from training.database.chunks import chunks
from training.teams.models import Membership, Role
from training.teams.service import create_teams

AT_ONCE = 1_000


def apply_plan(
    session: Session,
    plan: Plan,
    *,
    by: int | None,
    actor: str,
    invite: bool,
    at: datetime,
    tick: Tick = lambda _count: None,
) -> None:
    """Write everything the plan says, which must have no problems, in the transaction that is open.

    `tick` is told of people as they are written. Raises IntegrityError where the site changed since the plan
    was made; nothing is written then.
    """
    teams = create_teams(session, list(plan.new_teams.values()), at)
    people = _add_people(session, plan, at, tick)
    _change_people(session, plan)
    ended = [place.id for place in plan.ends] + [join.instead.id for join in plan.joins if join.instead]
    for some in chunks(ended):
        session.execute(update(Membership).where(Membership.id.in_(some)).values(left_at=at))
    _add_places(session, plan.joins, people, teams, at)
    _sign_out(session, plan, at)
    if invite:
        invited = [people[-place][0] for place, one in enumerate(plan.new, 1) if one.email]
        request_invitations(session, invited, by, at)
    _write_down(session, plan, people, teams, actor, at)


def _table(model: type[Base]) -> Table:
    """Statements for tens of thousands of rows pass the ORM by: it would take most of the time."""
    return cast("Table", model.__table__)


def _add_people(session: Session, plan: Plan, at: datetime, tick: Tick) -> dict[int, tuple[int, str]]:
    """The new people; their ids and public ids by the numbers that joins know them by."""
    found: dict[int, tuple[int, str]] = {}
    for some in chunks(plan.new, AT_ONCE):
        rows = [
            {
                "public_id": new_public_id(),
                "name": one.name,
                "email": one.email,
                "staff_number": one.staff_number,
                "created_at": at,
            }
            for one in some
        ]
        session.execute(insert(_table(Person)), rows)
        public_ids = [str(row["public_id"]) for row in rows]
        known = select(Person.public_id, Person.id).where(Person.public_id.in_(public_ids))
        ids = {row[0]: row[1] for row in session.execute(known)}
        for public_id in public_ids:
            found[-len(found) - 1] = (ids[public_id], public_id)
        tick(len(some))
    return found


def _change_people(session: Session, plan: Plan) -> None:
    rows = [
        {"its_id": one.person.id, "new_name": one.name, "new_number": one.staff_number}
        for one in plan.changes
    ]
    if rows:
        person = _table(Person)
        changed = update(person).where(person.c.id == bindparam("its_id"))
        changed = changed.values(name=bindparam("new_name"), staff_number=bindparam("new_number"))
        session.execute(changed, rows)


def _add_places(
    session: Session,
    joins: Sequence[Join],
    people: dict[int, tuple[int, str]],
    teams: dict[str, tuple[int, str]],
    at: datetime,
) -> None:
    rows = [
        {
            "person_id": join.who if join.who > 0 else people[join.who][0],
            "team_id": join.team if isinstance(join.team, int) else teams[join.team][0],
            "role": join.role,
            "joined_at": at,
        }
        for join in joins
    ]
    if rows:
        session.execute(insert(_table(Membership)), rows)


def _sign_out(session: Session, plan: Plan, at: datetime) -> None:
    """Other rights are another sign-in, as when one person's role is changed."""
    changed = {
        join.who for join in plan.joins if join.who > 0 and (join.instead or join.role != Role.LEARNER)
    }
    changed |= {place.person_id for place in plan.ends if place.role != Role.LEARNER}
    for some in chunks(sorted(changed)):
        live = (SignInSession.person_id.in_(some), SignInSession.ended_at.is_(None))
        session.execute(update(SignInSession).where(*live).values(ended_at=at))
        codes = (SignInCode.person_id.in_(some), SignInCode.used_at.is_(None))
        session.execute(update(SignInCode).where(*codes).values(used_at=at))


def _write_down(
    session: Session,
    plan: Plan,
    people: dict[int, tuple[int, str]],
    teams: dict[str, tuple[int, str]],
    actor: str,
    at: datetime,
) -> None:
    """Each person's change in the audit log, by public id, as if it had been made alone."""
    public_ids = plan.public_ids | {number: found[1] for number, found in people.items()}
    entered = (("entered", public_id) for _person_id, public_id in people.values())
    changed = (("account changed", one.person.public_id) for one in plan.changes)
    left = (("left a team", public_ids[place.person_id]) for place in plan.ends)
    # That somebody new learns in a team is said by "entered"; rights are said of everybody.
    told = (join for join in plan.joins if join.who > 0 or join.role != Role.LEARNER)
    joined = ((f"joined a team as {join.role}", public_ids[join.who]) for join in told)
    made = [("team created", public_id) for _team_id, public_id in teams.values()]
    audit.append_all(session, actor=actor, deeds=chain(made, entered, changed, left, joined), at=at)
