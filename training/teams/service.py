"""Changes to teams and to who is in them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.accounts.service import sign_out_everywhere
from training.accounts.token_models import Invitation
from training.errors import InvalidError
from training.teams.models import JoinLink, Membership, Role, Team
from training.teams.rules import slug_for


class LastLeadError(InvalidError):
    """The team would be left without a lead."""


class ArchivedTeamError(InvalidError):
    """The team is over: nobody joins it."""


def create_team(session: Session, name: str, *, is_demo: bool = False) -> Team:
    """A new team with nobody in it; its address is made from its name and never changes again."""
    taken = set(session.scalars(select(Team.slug)))
    team = Team(name=name, slug=slug_for(name, taken), is_demo=is_demo)
    session.add(team)
    session.flush()
    return team


def find_just_made(session: Session, name: str, at: datetime) -> Team | None:
    """The team of that name that was made within the last minutes and has nobody in it: a form come twice."""
    somebody = exists().where(Membership.team_id == Team.id)
    made = select(Team).where(Team.name == name, Team.created_at >= at - timedelta(minutes=5), ~somebody)
    return session.execute(made.limit(1)).scalar()


def create_teams(session: Session, names: Sequence[str], at: datetime) -> dict[str, tuple[int, str]]:
    """A new team of each name, with nobody in it; id and public id by name. For hundreds at once."""
    taken = set(session.scalars(select(Team.slug))) if names else set()
    made = []
    for name in names:
        slug = slug_for(name, taken)
        taken.add(slug)
        made.append(Team(name=name, slug=slug, created_at=at))
    session.add_all(made)
    session.flush()
    return {team.name: (team.id, team.public_id) for team in made}


def rename_team(session: Session, team_id: int, name: str) -> None:
    """Call a team something else. Its address stays, so links keep leading there."""
    session.execute(update(Team).where(Team.id == team_id).values(name=name))


def write_desk_card(session: Session, team_id: int, text: str, html: str) -> None:
    """Keep the desk card as written, and as it is shown. `html` comes from `training.rendering` only."""
    session.execute(update(Team).where(Team.id == team_id).values(desk_card=text, desk_card_html=html))


def join_team(session: Session, team_id: int, person_id: int, role: Role, at: datetime) -> Membership:
    """Make a person a member, or give a member another role; as they are already, nothing happens.

    Other rights are another sign-in: a changed role signs the person out everywhere. Raises LastLeadError,
    ArchivedTeamError.
    """
    if session.scalar(select(Team.archived_at).where(Team.id == team_id)) is not None:
        raise ArchivedTeamError(_("This team is archived, so nobody can join it."))
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


def move_person(
    session: Session, person_id: int, source_id: int, target_id: int, role: Role, at: datetime
) -> None:
    """End one membership and begin another, together; what happened before stays with the team before.

    Raises LastLeadError and ArchivedTeamError; then nothing has changed.
    """
    join_team(session, target_id, person_id, role, at)
    if source_id != target_id:
        leave_team(session, source_id, person_id, at)


def archive_team(session: Session, team_id: int, at: datetime) -> None:
    """Close a team: everybody leaves it, links and invitations to it end, and what happened in it stays."""
    session.execute(update(Team).where(Team.id == team_id, Team.archived_at.is_(None)).values(archived_at=at))
    here = (Membership.team_id == team_id, Membership.left_at.is_(None))
    with_rights = session.scalars(select(Membership.person_id).where(*here, Membership.role != Role.LEARNER))
    for person_id in with_rights.all():
        sign_out_everywhere(session, person_id, at)
    session.execute(update(Membership).where(*here).values(left_at=at))
    links = (JoinLink.team_id == team_id, JoinLink.ended_at.is_(None))
    session.execute(update(JoinLink).where(*links).values(ended_at=at))
    invitations = (Invitation.team_id == team_id, Invitation.used_at.is_(None))
    session.execute(update(Invitation).where(*invitations).values(used_at=at))


def reopen_team(session: Session, team_id: int) -> None:
    """Let people join an archived team again; it begins with nobody in it."""
    session.execute(update(Team).where(Team.id == team_id).values(archived_at=None))


def keep_leads_without(session: Session, person_id: int) -> None:
    """Make sure that every team this person leads has another lead who can sign in, else LastLeadError."""
    led = select(Membership.team_id).where(
        Membership.person_id == person_id, Membership.role == Role.LEAD, Membership.left_at.is_(None)
    )
    for team_id in sorted(session.scalars(led)):
        _keep_another_lead(session, team_id, person_id)


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
        _keep_another_lead(session, membership.team_id, membership.person_id)
    membership.left_at = at
    session.flush()


def _keep_another_lead(session: Session, team_id: int, person_id: int) -> None:
    # Two leads who leave at the same moment must not both see the other one stay.
    session.execute(select(Team.id).where(Team.id == team_id).with_for_update())
    if _other_leads(session, team_id, person_id) == 0:
        raise LastLeadError(
            _("Nobody else leads this team, so this cannot be done. Make somebody else its lead first.")
        )


def _other_leads(session: Session, team_id: int, person_id: int) -> int:
    statement = (
        select(func.count())
        .select_from(Membership)
        .join(Person)
        .where(
            Membership.team_id == team_id,
            Membership.person_id != person_id,
            Membership.role == Role.LEAD,
            Membership.left_at.is_(None),
            Person.disabled_at.is_(None),
        )
    )
    return session.scalar(statement) or 0
