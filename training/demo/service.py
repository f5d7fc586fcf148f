"""The fictional people: made once, let in by links, removed for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, exists, select, update
from sqlalchemy.orm import Session

from training.accounts import audit
from training.accounts.models import Person
from training.accounts.participant import Participant
from training.accounts.token_models import Invitation, SignInLink
from training.accounts.tokens import add_token, token_url
from training.assignments.models import Assignment, CheckAllowance, Extension
from training.assignments.service import assign_module
from training.attempts.models import Attempt, Step
from training.certificates.models import Certificate
from training.demo import people
from training.demo.past import find_hard, follow, huddle, practise
from training.demo.queries import LEFT, demo_may_begin
from training.demo.talk import forget_talk, talk
from training.errors import InvalidError
from training.huddles.models import HuddleNote
from training.library.models import Completion
from training.mail.models import Message
from training.teams.models import Membership, Role, Team
from training.teams.service import create_team, join_team, write_desk_card

ASKED, DUE = timedelta(days=30), timedelta(days=-6)
SINCE, NEW = timedelta(days=60), timedelta(days=3)


@dataclass(frozen=True)
class DemoLink:
    """A way in for one of the main fictional people: good once, for fifteen minutes."""

    role: str
    name: str
    email: str
    url: str


def create_demo(
    session: Session, password_hashes: Mapping[str, str], desk_card_html: str, at: datetime
) -> None:
    """Make the fictional people, their team and what they have done so far.

    `password_hashes` are by role, for the main ones. Raises InvalidError where there is anybody already,
    or where demo people were removed before.
    """
    if not demo_may_begin(session):
        raise InvalidError(
            "Demo people come only into an empty database, and never again after `flask demo leave`."
        )
    main = {one.role: _person(session, one.name, at, password_hashes[one.role]) for one in people.MAIN}
    main[people.ADMIN.role].is_admin = main[people.TRAINER.role].is_trainer = True
    team = create_team(session, people.TEAM, is_demo=True)
    write_desk_card(session, team.id, people.DESK_CARD, desk_card_html)
    lead, new_hire = main[people.LEAD.role], main[people.NEW_HIRE.role]
    join_team(session, team.id, lead.id, Role.LEAD, at - SINCE)
    join_team(session, team.id, main[people.TRAINER.role].id, Role.TRAINER, at - SINCE)
    learners = {one: _person(session, one.name, at) for one in people.LEARNERS}
    for person in learners.values():
        join_team(session, team.id, person.id, Role.LEARNER, at - SINCE)
    join_team(session, team.id, new_hire.id, Role.LEARNER, at - NEW)
    for module, due in ((people.FIRST_WEEK, DUE), (people.HARD_CALLS, -2 * DUE)):
        asked, due_on = at - ASKED, (at + due).date()
        assign_module(session, team.id, module, due_on, by=lead.id, at=asked, today=asked.date())
    for number, (learner, person) in enumerate(learners.items()):
        for week, path in enumerate(learner.paths):
            follow(session, person, path, at - timedelta(days=24 - 9 * week - number))
        practise(session, person, at - timedelta(days=2, hours=number))
    follow(session, new_hire, people.NEW_HIRE_PATH, at - timedelta(days=2))
    find_hard(session, new_hire, at)
    huddle(session, team.id, lead, people.HUDDLE_NOTE, at - timedelta(days=7))
    talk(session, {one.name: one for one in (*main.values(), *learners.values())}, at)
    session.flush()


def _person(session: Session, name: str, at: datetime, password_hash: str | None = None) -> Person:
    made = Person(
        name=name,
        email=people.address_of(name),
        password_hash=password_hash,
        is_demo=True,
        created_at=at - SINCE,
    )
    session.add(made)
    session.flush()
    return made


def demo_links(session: Session, base_url: str, at: datetime) -> list[DemoLink]:
    """A fresh link for each of the main fictional people who is still here."""
    links = []
    for one in people.MAIN:
        person = session.scalar(
            select(Person).where(Person.email == one.email, Person.is_demo, Person.disabled_at.is_(None))
        )
        if person is not None:
            secret = add_token(session, SignInLink(person_id=person.id), at)
            links.append(DemoLink(one.role, one.name, one.email, token_url(base_url, "sign-in", secret)))
    return links


def leave_demo(session: Session, at: datetime) -> int:
    """Remove the fictional people and all they did, for good; returns how many there were.

    A demo team that real people have joined stays theirs.
    """
    fictional = select(Person.id).where(Person.is_demo)
    participants = select(Participant.id).where(Participant.person_id.in_(fictional))
    attempts = select(Attempt.id).where(Attempt.participant_id.in_(participants))
    everybody = list(session.scalars(fictional))
    forget_talk(session, everybody, at)
    addresses = select(Person.email).where(Person.is_demo)
    session.execute(delete(Message).where(Message.to_address.in_(addresses)))
    session.execute(delete(HuddleNote).where(HuddleNote.author_id.in_(fictional)))
    session.execute(delete(Certificate).where(Certificate.person_id.in_(fictional)))
    session.execute(delete(Step).where(Step.attempt_id.in_(attempts)))
    session.execute(delete(Attempt).where(Attempt.participant_id.in_(participants)))
    session.execute(delete(Completion).where(Completion.participant_id.in_(participants)))
    session.execute(delete(Participant).where(Participant.id.in_(list(session.scalars(participants)))))
    session.execute(delete(Membership).where(Membership.person_id.in_(fictional)))
    _leave_teams(session)
    session.execute(delete(Person).where(Person.is_demo))
    audit.append(session, actor=audit.OPERATOR, action=LEFT, subject="demo", at=at)
    return len(everybody)


def _leave_teams(session: Session) -> None:
    joined = exists().where(Membership.team_id == Team.id) | exists().where(Attempt.team_id == Team.id)
    session.execute(update(Team).where(Team.is_demo, joined).values(is_demo=False))
    empty: Select[int] = select(Team.id).where(Team.is_demo)
    theirs = select(Assignment.id).where(Assignment.team_id.in_(empty))
    for given in (Extension, CheckAllowance):
        session.execute(delete(given).where(given.assignment_id.in_(theirs)))
    session.execute(delete(Assignment).where(Assignment.team_id.in_(empty)))
    session.execute(delete(Invitation).where(Invitation.team_id.in_(empty)))
    session.execute(delete(Team).where(Team.is_demo))
