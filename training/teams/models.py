"""Teams and who is in them, as what."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.accounts.models import Person
from training.clock import now
from training.database import Base, new_public_id


class Role(StrEnum):
    """What a person is in a team."""

    LEARNER = "learner"
    LEAD = "lead"
    TRAINER = "trainer"


class Team(Base):
    """A desk: people who serve the same customers and have the same lead. `time_zone` "" is the site's."""

    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    desk_card: Mapped[str] = mapped_column(Text, default="")
    desk_card_html: Mapped[str] = mapped_column(Text, default="", server_default="")
    time_zone: Mapped[str] = mapped_column(String(64), default="", server_default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    archived_at: Mapped[datetime | None]
    memberships: Mapped[list[Membership]] = relationship(back_populates="team")


class Membership(Base):
    """A person in a team, from joining to leaving. Leaving keeps the row: history stays where it happened."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(
            "uq_membership_current",
            "team_id",
            "person_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(10), default=Role.LEARNER)
    joined_at: Mapped[datetime] = mapped_column(default=now)
    left_at: Mapped[datetime | None]
    team: Mapped[Team] = relationship(back_populates="memberships")
    person: Mapped[Person] = relationship()


class JoinLink(Base):
    """An address that makes whoever opens it a learner of the team, until a day and for so many people.

    The address holds a secret; this row holds its hash. `joined` counts who came in by it.
    """

    __tablename__ = "join_link"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    places: Mapped[int]
    joined: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    team: Mapped[Team] = relationship()
    made_by: Mapped[Person | None] = relationship()
