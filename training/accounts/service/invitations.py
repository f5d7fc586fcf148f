"""Invitations: how everybody but demo people comes in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training.accounts import audit
from training.accounts.models import Person
from training.accounts.service.entered import welcome
from training.accounts.service.people import find_namesake
from training.accounts.service.signing_in import Visit, open_session
from training.accounts.token_models import Invitation
from training.accounts.tokens import add_token, find_token, token_url, use_token
from training.errors import InvalidError
from training.mail.service import queue_message
from training.viewer import Viewer

OnAccepted = Callable[[Session, Person, Invitation], None]


class AlreadyHereError(InvalidError):
    """Somebody has this e-mail or staff number; `person_id` is who, so that they can be added instead."""

    def __init__(self, person_id: int) -> None:
        super().__init__()
        self.person_id = person_id


@dataclass(frozen=True)
class Invitee:
    """Who is invited: `text_fields.normal`, `clean_address` in lower case, `clean_staff_number`."""

    name: str
    email: str | None = None
    staff_number: str | None = None
    makes_trainer: bool = False
    makes_admin: bool = False
    team_id: int | None = None
    role: str = "learner"


def invite(session: Session, invitee: Invitee, *, by: Viewer | None, at: datetime) -> str:
    """An invitation, once, for seven days; mailed where there is an address. Returns its secret.

    Whoever calls this has made sure that `by` may invite so (None: the operator, at the command line).
    `tokens.token_url` makes the address to hand over. Raises AlreadyHereError.
    """
    refuse_namesake(session, invitee.email, invitee.staff_number)
    invitation = Invitation(
        name=invitee.name,
        email=invitee.email,
        staff_number=invitee.staff_number,
        makes_admin=invitee.makes_admin,
        makes_trainer=invitee.makes_trainer,
        team_id=invitee.team_id,
        role=invitee.role,
        invited_by_id=by.id if by else None,
    )
    secret = add_token(session, invitation, at)
    if invitee.email:
        values = {"name": invitee.name, "token": secret, "inviter": by.name if by else ""}
        queue_message(
            session,
            purpose="invitation",
            to=invitee.email,
            template="invitation",
            values=values,
            dedupe_key=f"invitation:{invitation.id}",
        )
    audit.append(
        session,
        actor=by.public_id if by else audit.OPERATOR,
        action="invited",
        subject=f"invitation {invitation.id}",
        at=at,
    )
    return secret


@dataclass(frozen=True)
class NewPerson:
    """What the invited person says of themselves. `email` counts only where the invitation names nobody."""

    name: str
    password_hash: str
    email: str | None = None


def accept_invitation(
    session: Session,
    secret: str,
    who: NewPerson,
    visit: Visit,
    at: datetime,
    on_accepted: Sequence[OnAccepted] = (),
) -> str:
    """Make the person an invitation was for, and sign them in; returns the cookie's secret.

    Each of `on_accepted` is told, in this transaction: that is how teams make the membership. Raises
    SpentTokenError, and AlreadyHereError where the address or number was taken meanwhile.
    """
    invitation = find_token(session, Invitation, secret, at)
    if invitation.person_id is not None:
        return welcome(session, invitation, who.name, who.password_hash, visit, at)
    is_open = invitation.email is None and invitation.staff_number is None
    email = who.email if is_open else invitation.email
    refuse_namesake(session, email, invitation.staff_number)
    use_token(session, invitation, at)
    if _is_first_admins(invitation):
        _close_first_links(session, at)
    person = Person(
        name=who.name,
        email=email,
        staff_number=invitation.staff_number,
        password_hash=who.password_hash,
        is_admin=invitation.makes_admin,
        is_trainer=invitation.makes_trainer,
        created_at=at,
    )
    add_person(session, person)
    for tell in on_accepted:
        tell(session, person, invitation)
    secret_of_session = open_session(session, person, visit, at)
    audit.append(
        session, actor=person.public_id, action="joined", subject=f"invitation {invitation.id}", at=at
    )
    return secret_of_session


def refuse_namesake(session: Session, email: str | None, staff_number: str | None) -> None:
    namesake = find_namesake(session, email, staff_number)
    if namesake is not None:
        raise AlreadyHereError(namesake.id)


def add_person(session: Session, person: Person) -> None:
    """Two invitations to one address may be accepted at the same moment: the unique index decides."""
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError:
        refuse_namesake(session, person.email, person.staff_number)
        raise


def first_admin_link(session: Session, base_url: str, at: datetime) -> str | None:
    """The address of an invitation that makes the first admin; None where there is an admin.

    It can be printed at every start, on every host: each one counts until one of them was used.
    """
    if session.scalar(select(Person.id).where(Person.is_admin, Person.disabled_at.is_(None)).limit(1)):
        return None
    secret = invite(session, Invitee(name="", makes_admin=True), by=None, at=at)
    return token_url(base_url, "invitation", secret)


def _is_first_admins(invitation: Invitation) -> bool:
    """Whether the operator printed it for whoever comes to be the first admin."""
    return invitation.makes_admin and invitation.invited_by_id is None


def _close_first_links(session: Session, at: datetime) -> None:
    """There is a first admin now, and no second way to become it."""
    session.execute(
        update(Invitation)
        .where(Invitation.makes_admin, Invitation.invited_by_id.is_(None), Invitation.used_at.is_(None))
        .values(used_at=at)
    )
