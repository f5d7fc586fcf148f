"""What an accepted invitation means for its team."""

from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.accounts.token_models import Invitation
from training.clock import now
from training.teams.models import Role
from training.teams.service import join_team


def join_invited_team(session: Session, person: Person, invitation: Invitation) -> None:
    """Make the person who accepted a member of the team they were invited to, if it names one."""
    if invitation.team_id is not None:
        join_team(session, invitation.team_id, person.id, Role(invitation.role), now())
