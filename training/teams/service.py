"""Changes to teams and to who is in them."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.accounts.service import sign_out_everywhere
from training.errors import InvalidError
from training.teams.models import Membership, Role, Team
from training.teams.rules import slug_for


class LastLeadError(InvalidError):
    """The team would be left without a lead."""


def create_team(session: Session, name: str, *, is_demo: bool = False) -> Team:
    """A new team with nobody in it; its address is made from its name and never changes again."""
    taken = set(session.scalars(select(Team.slug)))
    team = Team(name=name, slug=slug_for(name, taken), is_demo=is_demo)
    session.add(team)
    session.flush()
    return team


def rename_team(session: Session, team_id: int, name: str) -> None:
    """Call a team something else. Its address stays, so links keep leading there."""
    session.execute(update(Team).where(Team.id == team_id).values(name=name))


def write_desk_card(session: Session, team_id: int, text: str, html: str) -> None:
    """Keep the desk card as written, and as it is shown. `html` comes from `training.rendering` only."""
    session.execute(update(Team).where(Team.id == team_id).values(desk_card=text, desk_card_html=html))


def join_team(session: Session, team_id: int, person_id: int, role: Role, at: datetime) -> Membership:
    """Make a person a member, or give a member another role; as they are already, nothing happens.

    Other rights are another sign-in: a changed role signs the person out everywhere. Raises LastLeadError.
    """
    current = session.scalar(
        select(Membership).where(
            Membership.team_id == team_id, Membership.person_id == person_id, Membership.left_at.is_(None)
        )
    )
    if current is not None and current.role == role:
        return current
    if current is not None:
        _leave(session, current, at)
    joined = Membership(team_id=team_id, person_id=person_id, role=role, joined_at=at)
    session.add(joined)
    session.flush()
    if current is not None or role is not Role.LEARNER:
        sign_out_everywhere(session, person_id, at)
    return joined


def leave_team(session: Session, team_id: int, person_id: int, at: datetime) -> None:
    """End a membership; what happened in it stays with the team. Twice is harmless. Raises LastLeadError."""
    current = session.scalar(
        select(Membership).where(
            Membership.team_id == team_id, Membership.person_id == person_id, Membership.left_at.is_(None)
        )
    )
    if current is None:
        return
    _leave(session, current, at)
    if current.role != Role.LEARNER:
        sign_out_everywhere(session, person_id, at)


def _leave(session: Session, membership: Membership, at: datetime) -> None:
    if membership.role == Role.LEAD:
        # Two leads who leave at the same moment must not both see the other one stay.
        session.execute(select(Team.id).where(Team.id == membership.team_id).with_for_update())
        if _leads(session, membership.team_id) == 1:
            raise LastLeadError(
                _("Nobody else leads this team, so this cannot be done. Make somebody else its lead first.")
            )
    membership.left_at = at
    session.flush()


def _leads(session: Session, team_id: int) -> int:
    statement = (
        select(func.count())
        .select_from(Membership)
        .join(Person)
        .where(
            Membership.team_id == team_id,
            Membership.role == Role.LEAD,
            Membership.left_at.is_(None),
            Person.disabled_at.is_(None),
        )
    )
    return session.scalar(statement) or 0
