"""Links by which people join a team: made, shown, used, ended. Looking changes nothing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from training.accounts import audit
from training.accounts.models import Person
from training.accounts.sessions import hash_of, new_secret
from training.accounts.tokens import MAX_LENGTH, SpentTokenError
from training.errors import ConflictError
from training.teams.models import JoinLink, Membership, Role, Team
from training.teams.service import join_team
from training.viewer import Viewer


class Over(StrEnum):
    """Why a link lets nobody in any more."""

    ENDED = "ended"
    EXPIRED = "expired"
    USED_UP = "used up"


class LinkOverError(ConflictError):
    """The link lets nobody in; `why` is for the page that says so."""

    def __init__(self, why: Over, team: str) -> None:
        super().__init__("")
        self.why = why
        self.team = team


@dataclass(frozen=True)
class Link:
    """A link as its team sees it, or whoever opens it. Nobody sees its secret again."""

    id: int
    public_id: str
    team_id: int
    team: str
    slug: str
    made_by: str
    created_at: datetime
    expires_at: datetime
    places: int
    joined: int
    over: Over | None


def make_link(session: Session, team_id: int, by: Viewer, until: datetime, places: int, at: datetime) -> str:
    """A link for so many people, good until then; returns its secret, which only its address holds."""
    secret = new_secret()
    link = JoinLink(
        token_hash=hash_of(secret),
        team_id=team_id,
        made_by_id=by.id,
        created_at=at,
        expires_at=until,
        places=places,
        joined=0,
    )
    session.add(link)
    session.flush()
    audit.append(
        session, actor=by.public_id, action="join link made", subject=f"link {link.public_id}", at=at
    )
    return secret


def end_link(session: Session, link: Link, by: Viewer, at: datetime) -> None:
    """Let nobody in by it from now on; who came in stays. Twice is harmless."""
    live = (JoinLink.id == link.id, JoinLink.ended_at.is_(None))
    ended = session.execute(update(JoinLink).where(*live).values(ended_at=at).returning(JoinLink.id))
    if ended.first() is not None:
        subject = f"link {link.public_id}"
        audit.append(session, actor=by.public_id, action="join link ended", subject=subject, at=at)


def list_links(session: Session, team_id: int, at: datetime) -> tuple[Link, ...]:
    """A team's links, the newest first; at most fifty."""
    rows = session.execute(_LINKS.where(JoinLink.team_id == team_id).order_by(JoinLink.id.desc()).limit(50))
    return tuple(_link(row[0], row[1], row[2], at) for row in rows)


def find_link(session: Session, secret: str, at: datetime) -> Link:
    """The link behind a secret, while it lets people in. Raises LinkOverError; SpentTokenError for none."""
    if len(secret) > MAX_LENGTH:
        raise SpentTokenError
    row = session.execute(_LINKS.where(JoinLink.token_hash == hash_of(secret))).first()
    if row is None:
        raise SpentTokenError
    link = _link(row[0], row[1], row[2], at)
    if link.over is not None:
        raise LinkOverError(link.over, link.team)
    return link


_LINKS = (
    select(JoinLink, Team, Person.name)
    .join(Team, Team.id == JoinLink.team_id)
    .outerjoin(Person, Person.id == JoinLink.made_by_id)
)


def _link(link: JoinLink, team: Team, made_by: str | None, at: datetime) -> Link:
    over = None
    if link.ended_at is not None or team.archived_at is not None:
        over = Over.ENDED
    elif link.expires_at <= at:
        over = Over.EXPIRED
    elif link.joined >= link.places:
        over = Over.USED_UP
    return Link(
        link.id,
        link.public_id,
        team.id,
        team.name,
        team.slug,
        made_by or "",
        link.created_at,
        link.expires_at,
        link.places,
        link.joined,
        over,
    )


def join_by_link(session: Session, link: Link, person_id: int, public_id: str, at: datetime) -> bool:
    """Make a person a learner of the link's team; False, and no place taken, for who is in it already.

    Of two who want the last place, one gets it; the other's request raises LinkOverError.
    """
    already = select(Membership.id).where(
        Membership.team_id == link.team_id, Membership.person_id == person_id, Membership.left_at.is_(None)
    )
    if session.scalar(already) is not None:
        return False
    open_still = (
        JoinLink.id == link.id,
        JoinLink.joined < JoinLink.places,
        JoinLink.ended_at.is_(None),
        JoinLink.expires_at > at,
    )
    taken = session.execute(
        update(JoinLink).where(*open_still).values(joined=JoinLink.joined + 1).returning(JoinLink.id)
    )
    if taken.first() is None:
        raise LinkOverError(Over.USED_UP, link.team)
    join_team(session, link.team_id, person_id, Role.LEARNER, at)
    audit.append(session, actor=public_id, action="joined by a link", subject=f"link {link.public_id}", at=at)
    return True
