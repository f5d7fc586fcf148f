"""Invitations of many at once: asked for in one go, mailed a few hundred at a time."""

import html
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.accounts.sessions import new_secret
from training.accounts.token_models import Invitation, InvitationRequest
from training.accounts.tokens import add_token, withdraw
from training.mail.composition import Composed, compose
from training.mail.service import queue_composed

AT_ONCE = 200


def request_invitations(session: Session, person_ids: Sequence[int], by: int | None, at: datetime) -> None:
    """Note that these people are to be invited; nobody of them may be noted already."""
    rows = [{"person_id": one, "requested_by_id": by, "requested_at": at} for one in person_ids]
    if rows:
        session.execute(insert(InvitationRequest), rows)


def mail_requested_invitations(session: Session, at: datetime) -> int:
    """Put the next invitations in the outbox, in the order they were asked for; returns how many.

    Who has come in meanwhile, is disabled or has no address is left out. In one transaction with the mails,
    so nobody is invited twice, however often or from how many hosts it is called.
    """
    waiting = session.execute(
        select(InvitationRequest.id, InvitationRequest.requested_by_id, Person)
        .join(Person, Person.id == InvitationRequest.person_id)
        .order_by(InvitationRequest.id)
        .limit(AT_ONCE)
        .with_for_update(of=InvitationRequest, skip_locked=True)
    ).all()
    inviters: dict[int | None, _Pattern] = {}
    count = 0
    for _id, by, person in waiting:
        if person.email is None or person.password_hash is not None or person.disabled_at is not None:
            continue
        if by not in inviters:
            inviters[by] = _Pattern(session, by)
        _invite(session, person, person.email, inviters[by], at)
        count += 1
    session.execute(delete(InvitationRequest).where(InvitationRequest.id.in_([row[0] for row in waiting])))
    return count


def _invite(session: Session, person: Person, email: str, pattern: "_Pattern", at: datetime) -> None:
    withdraw(session, Invitation, person.id, at)
    invitation = Invitation(
        name=person.name,
        email=email,
        staff_number=person.staff_number,
        invited_by_id=pattern.by,
        person_id=person.id,
    )
    secret = add_token(session, invitation, at)
    queue_composed(
        session,
        purpose="invitation",
        to=email,
        composed=pattern.filled(person.name, secret),
        dedupe_key=f"invitation:{invitation.id}",
    )


class _Pattern:
    """The mail of one inviter, composed once: composing it for each person is most of the work."""

    def __init__(self, session: Session, by: int | None) -> None:
        inviter = session.get(Person, by) if by is not None else None
        self.by = by
        # Random, so that no name can hold them; letters, so that HTML and addresses leave them as they are.
        self.name, self.token = f"name{new_secret()[:20]}".replace("_", "x"), f"token{new_secret()[:20]}"
        self.mail = compose(
            "invitation",
            {"name": self.name, "token": self.token, "inviter": inviter.name if inviter else ""},
        )

    def filled(self, name: str, secret: str) -> Composed:
        """The mail to one person."""
        return Composed(
            self.mail.subject,
            self.mail.text.replace(self.token, secret).replace(self.name, name),
            self.mail.html.replace(self.token, secret).replace(self.name, html.escape(name)),
        )
